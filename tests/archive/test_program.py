"""The commands about the archive itself, as a person calls them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.errors import Incomplete, NotFound, PaperwatchError
from archive.opening import open_archive
from archive.program import main, program
from archive.settings import load
from tests.archive.composed import award, captured
from tests.archive.stores import pack_of
from tests.archive.test_states import added
from tests.catalogues import home_settings


def told(*words: str) -> str:
    """Call a command and give what it printed."""
    result = CliRunner().invoke(program, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def sha256(home: Path) -> str:
    """The document of an archive that holds one award and one document."""
    from archive.deposit import deposit

    with open_archive(load(home_settings(home))) as archive:
        deposit(archive, captured(archive, "kept answer"), [award()])
        return added(archive)


def test_status_counts_what_is_held(sha256: str) -> None:
    held = json.loads(told("status", "--json"))
    promised = {
        "awards": 1,
        "modifications": 0,
        "subawards": 0,
        "notices": 0,
        "vendors": 1,
        "documents": 1,
        "pages": 1,
        "versions": 1,
        "captures": 2,
        "outbox": 2,
        "set_aside": 0,
    }
    assert {name: held[name] for name in promised} == promised


def test_a_hold_a_lift_and_a_withdrawal_are_told_to_status(sha256: str) -> None:
    told("hold", sha256, "--reason", "home address on page 1")
    assert json.loads(told("status", "--json"))["documents_held"] == 1
    told("lift", sha256, "--reason", "address masked")
    told("withdraw", sha256, "--reason", "court order")
    held = json.loads(told("status", "--json"))
    assert (held["documents_held"], held["documents_withdrawn"]) == (0, 1)


def test_a_capture_is_shown_by_the_first_characters_of_its_hash(sha256: str) -> None:
    with open_archive(load()) as archive:
        kept = captured(archive, "kept answer")
    shown = json.loads(told("capture", kept.sha256[:10]))
    assert (shown["source"], shown["sha256"]) == ("composed", kept.sha256)
    assert told("capture", kept.sha256[:10], "--body") == "kept answer"


def test_rebuilding_says_which_index_answers(sha256: str) -> None:
    assert "Index g2 answers: 2 entries" in told("rebuild-index")


def test_rebuilding_what_was_restored_from_a_dump_forgets_the_indexes_that_it_names(
    sha256: str,
) -> None:
    assert "Index g3 answers: 2 entries" in told("rebuild-index", "--forget")


def test_verify_says_that_all_is_whole(sha256: str) -> None:
    assert "All is whole." in told("verify")
    assert json.loads(told("verify", "--json"))["findings"] == []


def test_verify_ends_with_eleven_on_damage(sha256: str) -> None:
    with open_archive(load()) as archive, pack_of(archive) as pack:
        pack.execute("UPDATE pack SET body = x'00'")
    result = CliRunner().invoke(program, ["verify"])
    assert result.exit_code == 11
    assert "its bytes are not what its name says" in result.output


def test_verify_mends_what_versions_can_make_again(sha256: str) -> None:
    with open_archive(load()) as archive, archive.catalogue.writing() as connection:
        connection.exec_driver_sql("UPDATE award SET obligated_cents = 12345")
    assert CliRunner().invoke(program, ["verify"]).exit_code == 11
    assert "Mended 1 row from the versions held.\nAll is whole." in told("verify", "--mend")
    assert json.loads(told("verify", "--mend", "--json"))["mended"] == 0


def test_settings_say_where_each_value_came_from(home: Path) -> None:
    rows = {row["name"]: row for row in json.loads(told("settings", "--json"))}
    assert rows["PAPERWATCH_HOME"]["from"] == "the environment"
    assert rows["PAPERWATCH_READERS"]["from"] == "default"


def test_every_error_ends_the_program_with_its_own_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], sha256: str
) -> None:
    monkeypatch.setattr("sys.argv", ["paperwatch", "capture", "00000000"])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 3
    assert "No capture whose SHA-256 begins with '00000000'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("serach", "There is no command 'serach'. Is search meant? See: paperwatch --help"),
        ("zzz", "There is no command 'zzz'. See: paperwatch --help"),
        ("schedule remoev x", "There is no command 'remoev'. Is remove meant? See: paperwatch sch"),
        ("add --agenc ICE x", "There is no option --agenc. Is --again or --agency meant?"),
        ("hold abc", "--reason is missing. See: paperwatch hold --help"),
        ("capture", "SHA256 is missing. See: paperwatch capture --help"),
        ("schedule remove", "NAME is missing. See: paperwatch schedule remove --help"),
        ("serve --port 99999", "--port '99999' is not a whole number from 0 to 65,535."),
        ("serve --port x", "--port 'x' is not a whole number from 0 to 65,535."),
        ("search x --page 0", "--page '0' is not a whole number from 1 on."),
        ("search x --sort up", "--sort 'up' is not relevance, newest, oldest, amount or arrived."),
        ("backup /tmp", "File '/tmp' is a directory. See: paperwatch backup --help"),
    ],
)
def test_words_that_no_command_understands_are_answered_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: str, said: str
) -> None:
    monkeypatch.setattr("sys.argv", ["paperwatch", *words.split()])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 2
    printed = capsys.readouterr().err
    assert printed.startswith(said)
    assert printed.count("\n") == 1


def test_a_page_that_is_away_is_said_in_words() -> None:
    with pytest.raises(Incomplete, match=r"at http://127.0.0.1:9/healthz: connection refused\.$"):
        CliRunner().invoke(
            program, ["health", "--page", "http://127.0.0.1:9/"], catch_exceptions=False
        )


@pytest.mark.parametrize("typed", ["nosuch", "0000", "0000000g"])
def test_what_begins_no_hash_is_said_to_begin_none(home: Path, typed: str) -> None:
    with pytest.raises(NotFound, match=f"'{typed}' does not begin a SHA-256: 8 or more digits"):
        CliRunner().invoke(program, ["capture", typed], catch_exceptions=False)


def test_a_search_in_an_empty_archive_says_how_to_fill_it(home: Path) -> None:
    found = CliRunner().invoke(program, ["search", "camera"], catch_exceptions=False)
    assert found.stderr.startswith("This archive is empty. To fill it")
    assert "paperwatch add FOLDER" in found.stderr


def test_a_search_that_finds_nothing_among_something_does_not_call_it_empty(sha256: str) -> None:
    told("rebuild-index")
    found = CliRunner().invoke(program, ["search", "nowhereatall"], catch_exceptions=False)
    assert "0 records" in found.stdout
    assert found.stderr == ""


def test_a_search_says_how_much_the_index_has_yet_to_hear_of(sha256: str) -> None:
    found = CliRunner().invoke(program, ["search", "letter", "--json"], catch_exceptions=False)
    assert found.stderr.startswith("2 changes not in the index yet, and missing here.")
    assert json.loads(found.stdout)["total"] == 0


def test_no_two_kinds_of_error_share_an_exit_code_by_accident() -> None:
    def below(kind: type[PaperwatchError]) -> list[type[PaperwatchError]]:
        return [kind, *(deeper for one in kind.__subclasses__() for deeper in below(one))]

    codes: dict[int, set[str]] = {}
    for kind in below(PaperwatchError):
        if kind.__module__ == "archive.errors":
            codes.setdefault(kind.exit_code, set()).add(kind.__name__)
    shared = [names for names in codes.values() if len(names) > 1]
    assert shared == [{"NotForReaders", "Withdrawn", "Held"}]
