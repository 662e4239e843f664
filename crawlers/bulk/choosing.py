"""Search or files: which of the two a crawl of awards takes, and the sentence that says why."""

from dataclasses import dataclass
from enum import Enum

from archive.calling import called
from archive.errors import BadRequest
from archive.progress import lasting
from crawlers.bulk.question import DATE_KINDS, BulkQuestion, fiscal_years
from crawlers.usaspending.agencies import BY_CODE, agency_named
from crawlers.usaspending.question import Period, Question

# Asked politely: an award takes its detail, its actions and often its sub-awards, about half a
# second apart.
AWARD_S = 2.0


class Choice(Enum):
    """What the person wants: `BEST` is whichever is quicker."""

    BEST = ""
    SEARCH = "search"
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What is taken; the sentence is '' where there is nothing to say."""

    is_by_file: bool
    sentence: str


def check_choice(choice: Choice, question: Question, kind: str) -> None:
    """See that files can be taken when they are wanted; `kind` is that of the days.

    Raises:
        BadRequest: the question cannot be asked by file.
    """
    reason = why_not(question, kind)
    if choice is Choice.FILE and reason:
        raise BadRequest(f"--by file: files are no way here: {reason}.")


def choose(choice: Choice, question: Question, period: Period, count: int, above: int) -> Chosen:
    """Choose for a question of which the service counts as many awards; few are searched for."""
    if count <= above and choice is not Choice.FILE:
        return Chosen(is_by_file=False, sentence="")
    told = f"{count:,} awards take about {lasting(count * AWARD_S)} by search, asked politely"
    reason = why_not(question, period.kind)
    if reason:
        return Chosen(is_by_file=False, sentence=f"{told}; files are no way here: {reason}.")
    by_file = command(question, period)
    if choice is Choice.SEARCH:
        return Chosen(is_by_file=False, sentence=f"{told}. By file, in minutes: {by_file}")
    files = len(fiscal_years(period.since, period.until))
    sentence = (
        f"{told}; takes {files} files instead, one for each fiscal year, with the actions of these"
        f" days (--by search brings each award with its whole history). The same as: {by_file}"
    )
    return Chosen(is_by_file=True, sentence=sentence)


def why_not(question: Question, kind: str) -> str:
    """Say why a question cannot be asked by file; '' when it can."""
    if question.keywords or question.recipients or question.psc or question.naics:
        return "they are for all awards of an agency, without words, vendors and codes"
    if not question.agencies:
        return "they need an agency"
    if "grants" in question.groups:
        return "they are taken for contracts and vehicles, without grants"
    if question.limit:
        return "they know no limit"
    if kind not in DATE_KINDS:
        return f"they are not made by {kind}"
    return ""


def question_by_file(question: Question) -> BulkQuestion:
    """Give what a question is by file: with sub-awards, as the search brings them."""
    return BulkQuestion(agencies=question.agencies, until=question.until, subawards=True)


def command(question: Question, period: Period) -> str:
    """Give the command that asks the same by file."""
    agencies = " ".join(f"--agency {_word(code)}" for code in question.agencies)
    return (
        f"{called()} crawl usaspending_bulk {agencies} --since {period.since} --until"
        f" {period.until} --date-kind {period.kind} --subawards"
    )


def _word(code: str) -> str:
    """Give the shortest word that means an agency."""
    word = BY_CODE[code].abbreviation
    return word if agency_named(word).code == code else code
