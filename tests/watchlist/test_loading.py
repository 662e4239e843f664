import pytest

from archive.watchlist.loading import Fields, WatchlistError


def test_a_field_that_nobody_knows_is_refused_by_name() -> None:
    fields = Fields("watchlist/vendors.yaml: acme", {"name": "Acme", "colour": "red"})
    fields.text("name")
    with pytest.raises(WatchlistError, match=r"vendors\.yaml: acme: unknown field 'colour'"):
        fields.close()


def test_a_code_without_quotes_is_refused() -> None:
    with pytest.raises(WatchlistError, match="code is 56; it must be str"):
        Fields("agencies.yaml: ice", {"code": 56}).text("code")


def test_an_empty_phrase_is_refused() -> None:
    with pytest.raises(WatchlistError, match="strong has ''"):
        Fields("technologies.yaml: alpr", {"strong": ["plate", ""]}).texts("strong")
