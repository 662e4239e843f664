"""What sidecars say of files, and what of them is refused."""

import re
from pathlib import Path

import pytest

from archive.errors import BadRequest, NotFound
from archive.release_statements import NOT_TOLD, Released
from ingest.addresses import wanted_of
from ingest.collecting import files_in
from ingest.describing import Described, described
from ingest.released import release_told
from ingest.sidecars import read_sidecar

LOG = "https://www.example.org/log.pdf"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "released"
    (folder / "inner").mkdir(parents=True)
    for name in ("letter.pdf", "log.pdf", "inner/order.pdf"):
        (folder / name).write_bytes(b"%PDF-")
    return folder


def said_of(
    *paths: Path, sidecar: Path | None = None, of_all: Released = NOT_TOLD, at: tuple[str, ...] = ()
) -> Described:
    return described(list(files_in(paths)), at, of_all, sidecar)


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_sidecar_beside_a_file_speaks_of_it_and_is_no_document(folder: Path) -> None:
    written(folder / "letter.pdf.yaml", "agency: ICE\nreleased: 2026-03-01\nstate: no")
    with pytest.raises(BadRequest, match="state 'no' is no state"):
        said_of(folder)
    written(
        folder / "letter.pdf.yaml",
        "agency: 7012\nreleased: 2026-03-01\ncase_number: [2023-ICAP-00154, 2022-ICFO-23103]\n"
        "requester_type: Media\ntitle:  Answer on   drones\n",
    )
    of_files = said_of(folder).of_files
    assert of_files[folder / "letter.pdf"] == Released(
        agency_code="7012",
        released_on="2026-03-01",
        case_number="2023-ICAP-00154, 2022-ICFO-23103",
        requester_type="media",
        title="Answer on drones",
    )
    assert of_files[folder / "log.pdf"] == NOT_TOLD
    assert len(of_files) == 3


def test_a_table_in_a_folder_speaks_file_by_file(folder: Path) -> None:
    written(
        folder / "release.csv",
        "\ufefffile,body,title,case_number\n"
        'letter.pdf,City of Eugene,"Answer, with a comma\nin two lines",\n\n'
        "inner/order.pdf,,Order,24-117\n",
    )
    of_files = said_of(folder).of_files
    assert of_files[folder / "letter.pdf"] == Released(
        body="City of Eugene", title="Answer, with a comma in two lines"
    )
    assert of_files[folder / "inner/order.pdf"] == Released(title="Order", case_number="24-117")


def test_what_stands_nearer_to_a_file_is_said_later(folder: Path, tmp_path: Path) -> None:
    written(folder / "release.yaml", "body: City of Eugene\nstate: OR\nreleased: 2026-01-01")
    written(folder / "inner/release.yml", "released: 2026-02-02")
    written(folder / "inner/order.pdf.csv", "agency\nICE\n")
    named = written(tmp_path / "all.yaml", "title: Papers\nreleased: 2020-01-01")
    of_files = said_of(
        folder, sidecar=named, of_all=Released(agency_code="7014", state="TX")
    ).of_files
    assert of_files[folder / "log.pdf"] == Released(
        body="City of Eugene", state="OR", released_on="2026-01-01", title="Papers"
    )
    assert of_files[folder / "inner/order.pdf"] == Released(
        agency_code="7012", released_on="2026-02-02", title="Papers"
    )


def test_a_file_named_by_itself_has_the_sidecar_of_its_folder_too(folder: Path) -> None:
    written(folder / "release.yaml", "agency: ICE")
    of_files = said_of(folder / "log.pdf", folder / "release.yaml").of_files
    assert list(of_files.values()) == [Released(agency_code="7012")]


def test_a_named_sidecar_speaks_of_files_and_addresses(folder: Path, tmp_path: Path) -> None:
    named = written(
        tmp_path / "known.yaml",
        f"- file: {LOG}\n  case_number: 2024-1\n- file: order.pdf\n  title: Order\n"
        "- file: released/log.pdf\n  title: not added now\n",
    )
    said = said_of(folder / "inner", sidecar=named, at=(LOG,))
    assert said.of_addresses == {LOG: Released(case_number="2024-1")}
    assert said.of_files == {folder / "inner/order.pdf": Released(title="Order")}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("letter.pdf.yaml", "requester: Jane Doe", "line 1: 'requester' is not a key (known: ag"),
        ("letter.pdf.yaml", "agency: ICE\nagency: CBP", "line 2: 'agency' stands there twice"),
        ("letter.pdf.yaml", "agency: [ICE, CBP]", "line 1: 'agency' must have one value"),
        ("letter.pdf.yaml", "agency: {ICE", "line 1: not YAML"),
        ("letter.pdf.yaml", "just words", "line 1: keys with values are expected"),
        ("letter.pdf.yaml", "", "says nothing. Known keys: agency, body"),
        ("letter.pdf.yaml", "released: 2026-02-30", "line 1: released '2026-02-30' is not a day"),
        ("letter.pdf.yaml", "requester_type: Jane Doe", "Who asked is not kept"),
        ("letter.pdf.yaml", "case_number: unknown", "case_number 'unknown' is no case number"),
        ("letter.pdf.yaml", "body: ICE", "give it as agency 7012"),
        (
            "letter.pdf.yaml",
            "- file: log.pdf\n  state: OR",
            "is not the file beside it, letter.pdf",
        ),
        ("release.yaml", "- state: OR\n- file: log.pdf\n  state: OR", "names its 'file'"),
        ("release.csv", "file,asked_by\nlog.pdf,x\n", "line 1: 'asked_by' is not a column (known"),
        ("release.csv", "file,state\nlog.pdf\n", "line 2: 1 cells under 2 columns"),
        ("release.csv", "file,state,state\nlog.pdf,OR,OR\n", "line 1: a column stands there twice"),
        ("release.csv", "file,state\nlgo.pdf,OR\n", "line 2: 'lgo.pdf' is no file in"),
        ("release.csv", "file,state\n../x.pdf,OR\n", "line 2: '../x.pdf' is no file in"),
        ("release.csv", "file,state\n,OR\n", "line 2: 'file' is empty"),
        ("release.csv", "file,state\nlog.pdf,OR\nlog.pdf,WA\n", "line 3: log.pdf stands there al"),
        ("release.csv", "file,state\nlog.pdf,Oregon\n", "line 2: state 'Oregon' is no state"),
    ],
)
def test_what_is_not_understood_is_refused_by_file_and_line(
    folder: Path, name: str, text: str, said: str
) -> None:
    written(folder / name, text)
    with pytest.raises(BadRequest, match=re.escape(said)) as refused:
        said_of(folder)
    assert str(folder / name) in str(refused.value)


@pytest.mark.parametrize(
    "name", ["letter.yaml", "gone.pdf.yml", "gone.pdf.csv", "Release.YAML", "letter.pdf.YML"]
)
def test_a_sidecar_of_no_file_is_refused_and_is_no_document(folder: Path, name: str) -> None:
    written(folder / name, "agency: ICE")
    with pytest.raises(BadRequest, match=f"{name} speaks of no file"):
        said_of(folder)


def test_a_named_sidecar_within_the_folder_is_no_document(folder: Path) -> None:
    known = written(folder / "known.csv", "file,agency\nletter.pdf,ICE\n")
    of_files = said_of(folder, sidecar=known).of_files
    assert of_files[folder / "letter.pdf"].agency_code == "7012"
    assert known not in of_files


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 6000, "is nested too deep"),
        ('- file: "a\\0b"\n  agency: ICE', "is no name of a file"),
        (f"- file: {'é' * 200}\n  agency: ICE", "is no name of a file"),
    ],
    ids=["deep", "NUL", "long"],
)
def test_a_sidecar_that_no_file_can_be_meant_by_is_refused(
    folder: Path, tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(BadRequest, match=said):
        said_of(folder, sidecar=written(tmp_path / "known.yaml", text))


def test_two_sidecars_of_one_file_are_refused(folder: Path) -> None:
    written(folder / "log.pdf.yaml", "agency: ICE")
    written(folder / "log.pdf.csv", "agency\nCBP\n")
    with pytest.raises(BadRequest, match=r"speak of the same files. Keep one"):
        said_of(folder)


def test_a_named_sidecar_that_speaks_of_nothing_given_is_refused(
    folder: Path, tmp_path: Path
) -> None:
    named = written(tmp_path / "known.csv", "file,title\nlgo.pdf,Log\n")
    with pytest.raises(BadRequest, match=r"'lgo.pdf' is none of the files and addresses given"):
        said_of(folder, sidecar=named)
    with pytest.raises(BadRequest, match="no sidecar: its name must end in"):
        read_sidecar(folder / "log.pdf")
    with pytest.raises(BadRequest, match=r"known.yaml is not there"):
        said_of(folder, sidecar=tmp_path / "known.yaml")
    written(folder / "bad.csv", "x").write_bytes(b"file,title\nlog.pdf,\xff\n")
    with pytest.raises(BadRequest, match="is not UTF-8"):
        read_sidecar(folder / "bad.csv")


def test_addresses_of_a_list_are_taken_once_each(folder: Path) -> None:
    listed = written(
        folder / "list.txt", f"# of May\n\n  {LOG}\nhttps://WWW.example.org:443/log.pdf#page=2\n"
    )
    wanted = wanted_of([str(folder), "HTTPS://www.example.org/a b.pdf", LOG], listed)
    assert wanted.paths == (folder,)
    assert wanted.addresses == ("https://www.example.org/a%20b.pdf", LOG)


def test_lines_that_are_no_addresses_are_named_by_their_number(folder: Path) -> None:
    listed = written(folder / "list.txt", f"{LOG}\nftp://x/y.pdf\n\nexample.org/z.pdf\n")
    with pytest.raises(BadRequest, match=r"list.txt: line 2: 'ftp.*line 4: 'example.*Nothing was"):
        wanted_of([], listed)
    with pytest.raises(BadRequest, match="has no address"):
        wanted_of([], written(folder / "list.txt", "# none\n"))
    with pytest.raises(NotFound, match="is not there"):
        wanted_of([], folder / "missing.txt")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://", "is no address of a file on the web"),
        ("https://user:secret@example.org/x.pdf", "holds a name or password"),
        ("https://example.org:99999/x.pdf", "is no address"),
        ("https://exa mple.org/x.pdf", "is no address"),
        ("https://example.org/" + "x" * 2_000, "is too long"),
    ],
)
def test_what_is_no_public_address_is_refused(address: str, said: str) -> None:
    with pytest.raises(BadRequest, match=said) as refused:
        wanted_of([address], None)
    assert "secret" not in str(refused.value)


def test_options_say_the_same_of_all_files() -> None:
    told = release_told({"agency": "ICE", "case_number": "2024-ICFO-1; 2024-ICFO-2"})
    assert told == Released(agency_code="7012", case_number="2024-ICFO-1, 2024-ICFO-2")
    with pytest.raises(BadRequest, match="--requester-type 'Jane' is no category"):
        release_told({"requester_type": "Jane"})
    with pytest.raises(BadRequest, match=r"--title .* is no title"):
        release_told({"title": "x" * 301})
