"""What `paperwatch crawl` says of a crawl by search."""

import json

import click

from crawlers.commands.ending import conclude
from crawlers.running import Crawled

_SHOWN = 20


def report(source: str, crawled: Crawled, indexed: int, seconds: float, *, as_json: bool) -> None:
    """Say what was found, and end with the exit code of how it went."""
    if as_json:
        said = {
            "source": source,
            **crawled.written.as_dict(),
            "expected": crawled.expected,
            "found": crawled.found,
            "again": crawled.again,
            "plausible": crawled.is_plausible,
            "period": crawled.period.as_dict(),
            "finished": crawled.is_finished,
            "indexed": indexed,
            "seconds": round(seconds, 2),
        }
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
    for line in _lines(source, crawled, seconds):
        click.echo(line, err=as_json)
    is_whole = crawled.is_plausible and not crawled.written.tally.refused
    conclude(crawled.stopped_by, is_finished=crawled.is_finished, is_whole=is_whole)


def _lines(source: str, crawled: Crawled, seconds: float) -> list[str]:
    tally, awards = crawled.written.tally, crawled.written.award_tally
    lines = [
        f"{source}: {crawled.written.awards:,} awards read in {seconds:.0f} s"
        f" ({awards.new:,} new, {awards.changed:,} changed, {awards.unchanged:,} unchanged);"
        f" with their modifications and sub-awards {tally.new:,} records new,"
        f" {tally.changed:,} changed, {tally.unchanged:,} unchanged, {tally.older:,} older,"
        f" {tally.refused:,} refused."
    ]
    if crawled.again:
        lines.append(f"  {crawled.again:,} awards held were read again, for it was 29 days ago.")
    if crawled.written.vanished:
        lines.append(
            f"  {crawled.written.vanished:,} records left their source, or came back; they stay,"
            " with the day."
        )
    if crawled.was_resumed:
        lines.append("  It went on where an earlier command had stopped.")
    if crawled.is_finished:
        lines += _counts_said(crawled)
    if crawled.written.not_understood:
        names = ", ".join(crawled.written.not_understood)
        lines.append(f"  Members not understood, and kept in the captures only: {names}")
    for one in crawled.written.refusals[:_SHOWN]:
        lines.append(f"  {one['subject']}: {one['reason']}. Kept as capture {one['capture'][:12]}")
    if crawled.unread:
        lines.append(f"  {crawled.unread} awards got no answer. Run the same command again.")
    return lines


def _counts_said(crawled: Crawled) -> list[str]:
    """Say whether as much was found as the service had counted."""
    if crawled.limit:
        return [f"  Stopped at {crawled.limit} as asked; whether that is all is not known."]
    pairs = ", ".join(
        f"{group} {crawled.found.get(group, 0):,} of {count:,}"
        for group, count in crawled.expected.items()
    )
    if crawled.is_plausible:
        return [f"  Counts are plausible: {pairs}."]
    return [f"  Counts are NOT plausible: {pairs} that the service had counted. Run it again."]
