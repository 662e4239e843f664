"""Common English words, of procurement and detention above all: those that are no names.

One form of each word; others are known by their stem. A word that is missing here is only left as
it is printed, so that the list need not be whole; a word that is a name as well does not belong
here.
"""

COMMON = """
a ability able about above abroad abuse academy accept access accessory accident accommodate
accompany accomplish according account accredit accurate achieve acknowledge acquire acquisition
across act action active actual actuator adapt add addition address adequate adhesive adjudicate
adjust admin administer administration admission adopt adult advance advertise advice advise
advisory advocacy aeronautical aesthetic affair affect affiliate after afternoon again against age
agency agent agile agree agreement agricultural aid aim air airborne aircraft airline airport
alarm alcohol alert algorithm alien alike all allocate allow alone along already also alter
alternate altogether aluminum always am ambulance ambulatory amend ammo ammunition among amount
ampoule amusement an analog analysis analyst analytic analyze ancillary and animal ankle annual
anodizing another answer antenna anticipate antiquated any anyone anything anyway apparatus
apparel appeal appear appliance applicant apply appoint appraisal apprehend apprehension
appropriate approve approximate arbitration arcade architect architecture archive are area argue
arm armor around arrange arrest arrive art article artificial artist as aside asphalt assault
assemble assess asset assign assist associate assume assure asylum at athletic attach attack
attempt attend attention attorney auction audience audio audit auditor authentic author
authoritative auto automate automatic automobile automotive autonomous auxiliary available avenue
average aviation avoid award aware away baby back background backlog backpack backup bad badge bag
bake bakery balance ball ballistic bank bar barrel barricade barrier base basement basic basis
basket bath bathroom baton battery be beam bean bear beauty become bed bedspread been beer beet
before began begin behalf behavior behind believe belly below belt bench beneath beneficiary
benefit beside best better between beverage beyond bicycle bid bidder big bilingual bill bin
binder binding binoculars biohazard biometric biotechnology bird birth bituminous black blank
blanket blend blind block blood blower blue board boat body bodywork bolster bolt bomb bond book
bookcase boot booth border borrow botanical both bottle bottom bought bowl box bracelet bracket
brake branch brand breach bread break breaker breakfast brick bridge brief bring broad broadband
broadcast broadwoven brochure broken broker brokerage broom brought brown brush buck bucket
buckshot budget budgetary buffet build builder buildout built bulb bulk bullet bundle bureau
burial bus busy but butter button buy buyer by cabinet cable cafeteria calculate calendar caliber
calibrate call camera camp campaign campground campus can canal cancel candidate candle cane
canning cannot canvas cap capable capacitor capacity capital capture car carbine carbon carcass
card cardiovascular care career cargo carpet carrier carry cart carton cartridge case cash
cassette cast caster casualty catastrophic category cater cattle caught cause cease ceiling cell
cellular cemetery center central ceramic cereal ceremony certain certificate certify chain chair
challenge chamber chance chandelier change channel chapel chaplain chapter character charge
charger chart charter check checkpoint cheese chemical chest chicken chief child children
chocolate choice choose chosen cigarette circuit circulate circumstance citation citrus civic
civil civilian claim clarify class classify classroom clean cleaner cleanup clear clearance
clearinghouse clergy clerical clerk client climate clinic clinician clip clock close closeout
closure cloth cloud club cluster coach coal coast coastal coat coax code coffee coherent coil coin
cold collaborate collar collateral collect color column comb combat combine combustion come
comfort command comment commerce commercial commission commit committee commodity common
communicate community commuter compact company compare comparison compartment compatible
compelling compensation compete competition complaint complete complex compliance compliant
component comprehensive compress compressor compute computerize concept concern concrete condition
conduct conduit cone conference confidential configure confined confirm conform congressional
connect connector conscience consent conservation consider consist console consolidate constant
construct consult consumer consumption contact contain content continental contingency continue
contract contractor contrast contribute control convenience convention conversion convert convey
convict cook cooker cookware cool cooler cooperation coordinate copier copper copy copyright cord
core corn corner corporate correct correspondence corridor corrosion corrugate cosmetic cost
costume cotton could council counsel count counter countermeasure counterterrorism country courier
course court courtroom cover coverage covert craft crash crate crawl cream create credential
credit crew crime criminal crisis critical crop cross crowd crown crude cruiser crush crutch
crystal cubicle cuff culture cup curb currency current curriculum curtain custody custom cut
cutlery cyber cycle cylinder daily dairy damage danger dark dashboard data database date day
daycare dead deadline deal dealer dealership dealt death debit debrief debris debt decal decide
decision deck decline decontamination decrease dedicate deep default defect defend defense
deficiency define definite degree dehydrate delay delegate delete deliver delivery demand demo
demolish demonstrate denial density dental dentist denture deny deobligate deodorant department
depend deploy deposit depository depot deputy derive describe description desert design desk
desktop despite dessert destination destroy destruct detail detain detainee detect detector
detention detergent determine develop developmental device diagnose diagnostic diagram dialysis
diaper dictation dictionary did die diesel diet dietary dietitian different difficult digital
dimension dining dinner direct director directory disability disadvantaged disaster disc discharge
discipline disclose discount discover discovery discuss dish dishwasher disinfect disk dispatch
dispense display dispose dispute disrupt distance distill distribute disturb dive divide division
do dock doctor document does dog doll dollar domestic done donor door dose dosimetry double dough
down downlink dozen draft drain drapery draw drawer drawn dress drill drink drive driven driver
drone drop drug drum dry dryer dual due dumbbell dumpster duplicate durable duration during dust
duty dwelling dynamic each ear early earn earphone earpiece earth earthenware ease easel easy eat
economic ecosystem edge edit education effect efficient effort eight either eject elderly elect
electric electronic element elementary elevator eleven eligible eliminate elsewhere email embark
embassy embroidery emergency emission employ employee empty enable enclose enclosure encode
encounter encrypt end endowment endpoint energy enforce engage engine engrave enhance enough
enroll ensure enter enterprise entertainment entire entity entrance entry envelope environment
environmental equal equip equivalent error escalator escort especially essential establish estate
estimate ethics evacuate evaluate even evening event ever every everyone everything evident
evidentiary exact exam examine example exceed except excess exchange exclude exclusive execute
exempt exercise exhaust exhibit exist exit expand expansion expect expedite expend expenditure
expense experience expert expire explain exploit exploratory explore explosive export expose
express extend extension exterior external extinguish extra extract extradite extreme extrude eye
eyewear fabric face faceplate facial facilitate facility fact factor factory faculty fail failure
fair fall fallen false family fan far farm farmer fast fatal faucet favor fax feature federal fee
feed feedback feeder feel felt female feminine fence fentanyl fertilizer few fiber fiberglass
fiction field fifth fifty fight figure filament file fill film filter final finance financial find
fine finger fingerprint finish fire firearm firewall firm first fiscal fish fit five fix fixture
flag flash flashlight flat flatbed fleece fleet flexible flight float flood floor florist flour
flow flower flu fluid flush fly flyer foam focus foil fold folder follow food foot footage
footwear for force foreign forensic forest forestry forfeit forfeiture forge forklift form formal
format former formula forty forum forward found foundation foundry fountain four fourth frame
framework frangible fraud free freedom freelance freestanding freezer freight frequency frequent
fresh from front frozen fruit fryer fuel fugitive fulfill full fully fumigation function fund
funeral fungible furnish furniture further furthermore fuse fusion future gain gallery gallon
gambling game gap garage garbage garden garment gas gasket gasoline gate gateway gather gauge gear
gem general generate generic genetic geographic geophysical geospatial get gift girl give given
glass glazing global glove go goal goat goggle gold golf gone good govern governmentwide gown
grade gradual graduate grain grand grant graph graphic graphite grapple gravel gray grease great
green grill grip grocery gross ground groundskeeping group grow grown guarantee guard guardrail
guest guidance guide guideline gun gunpowder gym gymnasium gypsum hack had hair haircut half hall
hand handbag handbook handcuff handgun handheld handle handler handtool hangar hard hardcover
hardware harness has hat hatchery haul have hazard hazmat head headlight headphone headquarters
headset health healthcare hear heart heat heater heavy held helicopter helmet help helpdesk hence
here herein heritage hide high highest highway hinge hip hire history hobby hoist hold holder hole
holiday hollow holster home homeland homeless homicide hood hook horse hose hosiery hospital host
hostage hot hotel hour house household housekeeping housewares how however hub hull human hundred
hunger hunt hurricane hybrid hydration hydraulic hygiene ideal identification identify identity
idle illegal illuminate image imagery immediate immigrant immunity impact implement import improve
in inbound incarcerate inch incident incinerate inclement include inclusive income incomplete
incorporate increase increment incur indeed indefinite independent index indicate indictment
indirect individual indoor inductor industry infant infect infectious influx information infrared
infrastructure inherent initial injection injury ink inkjet inland inmate inner innovate
inoperable inorganic input inquire inquiry insect inside insignia inspect inspector install
instance instant instead institute instruct instructor instrument insulate insure intake integrate
intellectual intelligent intend intensive interact interagency intercept intercom interdict
interface interior intermediate internal international internet interoperability interpret
intervene interview into intranet introduce intruder intrusion inventory inverter invest
investigate invoice involve iris iron irradiation irrigation is isolation issue it item itself
jacket jail jam janitor janitorial jewelry job join joint journal journey judge judgment judicial
jumpsuit junction juror jury justice justification justify juvenile keep kennel kept key keyboard
keycard kilo kind kiosk kit kitchen knew knife knit know knowledge known label labor laboratory
lace lack ladder laid laminate lamp land landfill landscape lane language lanyard laptop large
laser last late latent later latest latex latitude launch launder laundry lavatory law lawn lawyer
layer lead leader leadership leaf leaflet learn lease least leather leave lectern lecture led left
leg legal legislate lend length lens lent less lesson lessor letter level lever liability liaison
library license licensee lid lie life lifecycle lifesaving lifetime lift ligature light
lightweight like lime limit limousine line linen lingerie linguist link liquid liquor list listen
liter literature lithium litigate live livescan load loader loan lobby local locate lock locker
locksmith lodge log logic logistic long longer look loss lost lot lotion loud lounge low lower
lowest lubricate luggage lumber lunch luncheon machine machinery made magazine magnetic
magnetometer mail mailbox main mainframe maint maintain maintenance major make male malfunction
man manage mandate mandatory manifold manual manufacture many map margin marine mark marker market
mask mass master mat match mate material matter mattress maximum may meal mean meant meanwhile
measure meat mechanic medal media mediate medical medicine medium meet megaphone melon member
membership memo memorandum memory men mental mentor menu merchandise merchant merely mesh message
messenger met metal metalworking meter method metric mice micro microfilm microphone microscope
microwave middle might migrant migrate mile mileage military milk mill million millwork mineral
mini minimize minimum mining minivan minor minute mirror miscellaneous missile mission mitigate
mitigation mix moat mobile mode model modem moderate modern modification modify modular module
moisture mold molecular moment monetary money monitor monochrome monocular month more morning
mosquito most motel motion motor motorcycle mount mouse move mover much multi multifunction
multimedia multiple munition murder museum music must mutual muzzle nail name nano nanotechnology
napkin narcotic narrow nation nationwide native nature nautical naval navigate near necessary need
needle negative neglect negotiate neighborhood neither net network never new newly news newspaper
newsprint next nickel night nightwear nine nitrile no nominate noncompetitive nondurable none
nonferrous nonmetallic nonpowered nonresidential nonscheduled nor normal not notary note notebook
nothing notice notification notify novation novelty now nozzle nuclear number nurse nursery
nutrition oath object obligate observe obsolete obtain occasion occupant occupy occur ocean odor
of off offender offer office official offline offset offsite often oil oilseed old on onboard once
one ongoing online only onsite onto open operate ophthalmic opinion opportunity optic optimize
option optometry or oral orchard order ordinance ordnance organ organic organize orient origin
ornamental orthopedic oscilloscope other otherwise ought ounce out outage outbound outcome outdate
outdoor outerwear outfit outlet outline outpatient output outreach outside outsource outstanding
outward oven over overall overflow overhaul overhead overnight oversight overtime owe own owner
oxygen ozone pace pack package packet pad padlock page paid paint pair pallet pamphlet pan panel
paper paperboard paperwork parachute paralegal paratransit parcel park parole parolee part partial
participate particular partition partner party pass passenger passport password past pasta patch
path pathology patient patrol pattern pavement pay payment payphone payroll peace peak peanut
pedestal pedestrian pediatric peer pen penal penalty pencil pending pension people per percent
perform perfume perhaps perimeter period peripheral perishable permanent permit perpetual person
personnel perspective pest pesticide petroleum pharmaceutical pharmacy phase phone phonebook photo
photocopier photofinishing photograph photography photovoltaic physical physician pick pickle
pickup picture piece pigment pillow pilot pipe pipeline pistol pit pitch place placement plain
plan plane planner plant plaque plasma plaster plastic plate platform play please pleasure plotter
plow plug plumb plumber plus plywood pocket podium point poison pole police policy polish
political poll poly polygraph polystyrene pool popular population port portable portal porter
portfolio portion portrait position possess possible post postage postal poster postmaster posture
potable potato potential pottery pouch poultry pound pour powder power practice practitioner pre
precast precious precise prefabricated prefer preliminary premise premium prep prepaid prepare
preparedness prepay prerecorded prescribe prescription presence present preserve press pressure
prevent previous price primarily primary primate prime principal print printer prior priority
prism prison privacy private privilege prize probation probe problem procedure proceed process
processor procure produce product profession professional professor profile profit program
programmer progress project projectile projector proliferation promote proof propane proper
property proportion propose propulsion prosecute prospect prosthetic protect protest protocol
prototype provide provision proximity psychiatric psychiatrist psychology public publish pull
pullover pulp pulse pump punch purchase pure purification purify purpose purse pursuant pursue
push pushcart put pyrotechnics qualification qualify quality quantity quantum quarantine quarrying
quarter query question quick quiet quite quota quotation quote rabbit race rack radar radiator
radio radiology rail railroad rain raise ramp ran ranching random range rank rapid rate rather
ratification ratio ration raw ray razor reach react reaction read reader readily ready reagent
real realign really reason rebuild recall receipt receive recent reception recertification recess
recharge recipient recliner recognition recognize recoil recommend recompete reconcile recondition
reconfigure record recover recovery recreation recruit rectify recur recycle red redact redeem
redesign reduce reduction reel reentry refer referral refill refine reflect refractory refresh
refrigerate refuge refugee refurbish refuse regard region register registration registry regular
regulate regulatory rehabilitate reimburse reinforce reinstall reject relate relationship relay
release relevant reliable relief religious relocate rely remain remanufacture remedy remodel
remote remove render renew renovate rent rental repair repatriation repeat replace replenish
report repository represent reproduce reproduction request require requisition rerepresentation
rescue research resell reserve reset resident residential residue resilience resin resistant
resistor resold resolution resolve resource respect respirator respond response rest restaurant
restock restore restrain restraint restrict restroom result resume resupply retail retain
retention retire retread retrieve retrofit return reupholster reuse review revise revolver reward
rewire ribbon rice rifle right ring riot rise risk risky road robot rod rode rodent role roll roof
room rope roster rotary rotate round route router routine row rubber rug ruggedize ruggedized rule
run runner runway rural sack safe safeguard safety said salary sale salon salt same sample sand
sandbag sanitary sanitize sat satellite satisfy save saw sawmill scaffold scalable scale scan
scanner scene scenic schedule scholar scholarship school science scientific scientist scooter
scope score scrap screen script scrub scuba seafood seal sealant seaport search season seat second
secondary secret secretary section sector secure sedan see seed seedling seek seem segment
segregate seize seizure select self sell semi semiconductor seminar send senior sense sensitive
sensor sent separate septic sequence sergeant series serious serve server service session set
settle settlement setup seven seventy severe sew sewage sewer sex shackle shade shaft shall
shampoo shape share shatter shaver sheet sheetrock shelf shell shellfish shelter shelving sheriff
shield shift ship shipment shipper shirt shoe shoot shooter shop shore short shorthand shot
shotgun should shoulder shout shovel show showcase shower shown shred shredder shut shutdown
shuttle sick side sidewalk sight sign signage signal signature silencer silent silver silverware
similar simple simplified simulate since single sink siren site situation six size ski skill
skillet skin skirt skylight slide sling slip slipper slot slow slug small smart smartphone
smelting smoke snack snap snow snowplow so soap social socioeconomic sock socket soft softcover
software soil solar sold soldier sole solicit solid solution solve solvent some somewhat soon sort
sought sound source soybean space spacer spare spatial speak speaker special specialist specialty
specific specimen spectator spectrometer spectrum speech speed spend spent spin spine split spoken
sponge sponsor sport sportsman spot spray spring spyware squad square stack stadium staff staffing
stage stainless stair stall stamp stand standard standby staple stapler start starter startup
state statement static station stationery statistic status statute stay stealth steam steel steer
steno stenographer step stereo sterile stick still stitch stock stockpile stolen stone stood stop
storage store storeroom storm story stove strap strategic strategy streaming street streetlight
strength stretch stretcher strike string strip strong structure student studio study style
subcontract subcontractor subdivision subject submit subpoena subscribe subscription subsequent
subsistence substance substantial substation substitute succeed success such suction sufficient
sugar suggest suicide suit suitable sum summary summer sundries sunflower super supermarket
supervise supervisor supervisory supplement supplier supply support suppress suppressor surface
surge surgeon surgery surgical surplus surveillance survey surveyor survive suspect suspend
suspension suspicion suspicious sustain swab sweatshirt swept swine switch switchboard swivel
sworn symbol sync synthetic syringe system systematic table tablet tabletop tactic tag tail tailor
take taken talent talk tamper tan tank tap tape target tarp taser task taught tax taxi tea teach
teacher team tear tech technical technician technique technology telecom telecommunication
telecommute teleconference telemarketing telephone television telework tell temperature template
temporary ten tenant tend tennis tent term terminal terrain terrazzo terror test tester testimony
tether text textbook textile than that the theater theft their them then therapist therapy there
therefore thereof thermal thermometer thermostat these they thick thin thing think third thirty
this thorough those thought thousand thread threat three threw through throughout throw thus
ticket tie tier tight tile till tilt timber time timer tint tip tire tissue title to toaster
tobacco today together toilet toiletry token told tolerance toll toner too took tool toolkit tooth
toothbrush toothpaste top topic torch torn total touch touchscreen tour tow toward towel tower
toxic toxicology trace track tracker tractor trade traditional traffic trafficking trail trailer
train trainee trainer transaction transcribe transcript transfer transform transit translate
transmission transmit transmitter transnational transparency transponder transport trap trash
trauma travel tray treadmill treasury treat treatment tree trend triage trial trigger trim trip
triple trouble trousers truck truckload true trunk truss trust tube tuition tune tunnel turbine
turn turnkey tutoring twelve twenty two type typical ultimate ultra ultrasound ultraviolet
umbrella unaccompanied unarmed unclassified uncover under undercover undergarment undergo
underground undershirt understood underwater underwear undocumented unexpected uniform unilateral
uninterruptible union unique unit universal unless unlike unlimited unload unlock unmanned unsafe
unserviceable untangle until unused unusual up upcoming update upfront upgrade upholster
upholstery upkeep upload upon upper urban urgency urgent urinalysis urine usable usage use user
usually utensil utility vacant vacate vaccine vacuum valid valuable value valve van variable
variety various vary vault vegetable vehicle vehicular velocity vending vendor veneer vent
ventilate venue verbatim verification verify version vertical very vessel vest veteran
veterinarian veterinary veto vetted via vibration victim video videoconference view viewer violate
violent virtual virus visa visible vision visit visitor visual vital vitreous vocational voice
voicemail void voltage volume voluntary volunteer voucher vulnerable wage wagon waist wait waiver
walk walkway wall wallboard want wardrobe warehouse warehousing warm warn warrant warranty was
wash washer waste wastebasket wastewater watch watchdog water watercraft wave way weapon weaponry
wear wearable weather web webcam website week weekend weigh weight welcome weld welfare well went
were wet wetsuit what whatever wheel wheelchair when whenever where whereas wherever whether which
while white whiteboard who whoever whole wholesale whom whose why wide widescreen width wildlife
will win window windshield wine winter wipe wire wireless wiretap wise with withdraw withhold
within without witness woman women won wood woodworking wool word work workbench worker workforce
workload workout workplace worksheet workshop worksite workspace workstation world worn worse
worst worth would wound woven wrap wrist write writer written wrong wrote xray yard yarn year
yellow yes yet yield yoga you young your youth zero zinc zone
"""
