"""Text that is no language, and text in many that is."""

import pytest

from ingest.reader.garbled import is_garbled, is_other_text

ENGLISH = (
    "The officer named below reported to the unit on the day before the cameras were taken down"
    " for their yearly repair, and wrote that no plates were kept beyond thirty days. A copy of"
    " the agreement was sent to the district office with the record of the search."
)
LANGUAGES = {
    "German": "Die Abgeordneten fragten, welche Kennzeichen die Kameras an der Autobahn aufnehmen"
    " und wie lange das Landesamt die Daten speichert, bevor sie gelöscht werden müssen.",
    "Polish": "Wszystkie akta sprawy zostały przekazane do sądu okręgowego w Warszawie, a odpis"
    " decyzji doręczono wnioskodawcy wraz z pouczeniem o prawie do wniesienia odwołania.",
    "Finnish": "Poliisi vastasi, että järjestelmän tietoja säilytetään kolmekymmentä päivää, minkä"
    " jälkeen ne poistetaan, ellei tutkinnanjohtaja toisin päätä asiasta kirjallisesti.",
    "Czech": "Ministerstvo vnitra odmítlo poskytnout smlouvu, neboť obsahuje obchodní tajemství"
    " dodavatele, a stěžovatel se proto obrátil na správní soud v hlavním městě Praze.",
    "Vietnamese": "Cơ quan này trả lời rằng hồ sơ được lưu giữ trong ba mươi ngày và sau đó bị"
    " xóa, trừ khi có yêu cầu bằng văn bản của người phụ trách cuộc điều tra nói trên.",
    "Russian": "Ведомство ответило, что записи камер хранятся тридцать дней, после чего удаляются,"
    " если руководитель расследования письменно не потребует сохранить их дольше.",
    "Chinese": "该机构答复说,摄像头的记录保存三十天,之后即被删除。" * 6,
    "Arabic": "وأجابت الوكالة بأن سجلات الكاميرات تحفظ لمدة ثلاثين يوما ثم تحذف ما لم يطلب المحقق"
    * 2,
    "amounts": "0001 70CMSD20FR0004947 $1,250.00 12 EA $15,000.00 0002 $98,400.00 09/30/2025 " * 4,
    "exemptions": "Officer (b)(6), (b)(7)(C) (b)(6), (b)(7)(C) (b)(7)(E) (b)(6) (b)(7)(c) " * 9,
    "capitals": "CBP FOIA DHS HSI TECS FBI NYPD LPR SOW CLIN FY24 CONTRACT AWARD NOTICE AND ORDER"
    " FOR COMMERCIAL PRODUCTS AND COMMERCIAL SERVICES, OFFEROR TO COMPLETE BLOCKS 12 AND 17",
}


def shifted(text: str, by: int) -> str:
    """Let each letter be another one, as where a font counts its shapes from elsewhere."""
    return "".join(sign if sign == " " else chr(ord(sign) + by) for sign in text)


@pytest.mark.parametrize("by", [-29, -3, 1, 2, 5, 13, 0xE000])
def test_text_whose_letters_are_shifted_is_garbled(by: int) -> None:
    assert is_garbled(shifted(ENGLISH, by))


@pytest.mark.parametrize("name", LANGUAGES)
def test_text_in_any_language_is_not_garbled(name: str) -> None:
    assert not is_garbled(LANGUAGES[name])


def test_a_short_line_is_never_garbled() -> None:
    assert not is_garbled("XQJ 1:19-cv-03207 ZZT")


def test_what_was_recognised_speaks_against_a_text_only_where_it_has_other_words() -> None:
    assert is_other_text(ENGLISH.split(), shifted(ENGLISH, -29))
    assert not is_other_text(ENGLISH.split(), ENGLISH)
    assert not is_other_text(["few", "words", "only"], shifted(ENGLISH, -29))
