"""Personal data at rest: encrypted, bound to its column, found by a digest, masked; keys can change."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from guimian.apps.organisation.models import Person
from guimian.base import personal
from guimian.base.checks import field_keys_can_be_read
from guimian.base.personal import blind_index, decrypt, encrypt

OLD, NEW = "k1:" + "11" * 32, "k2:" + "22" * 32
COLUMN = "organisation.person.phone"
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@pytest.fixture
def keys(settings: Settings) -> Iterator[Callable[..., None]]:
    """Set the keys, newest first."""

    def use(*given: str) -> None:
        settings.FIELD_KEYS = list(given)
        personal._keys.cache_clear()

    yield use
    personal._keys.cache_clear()


@given(text=texts)
def test_what_goes_in_comes_out_and_is_not_seen_between(text: str) -> None:
    token = encrypt(text, COLUMN)
    assert decrypt(token, COLUMN) == text
    assert encrypt(text, COLUMN) != token
    if len(text) > 4:
        assert text not in token


@given(text=texts, position=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_any_changed_bit_is_found(text: str, position: int, bit: int) -> None:
    name, _dollar, body = encrypt(text, COLUMN).partition("$")
    raw = bytearray(base64.urlsafe_b64decode(body))
    raw[position % len(raw)] ^= 1 << bit
    with pytest.raises(ValueError, match="does not open"):
        decrypt(f"{name}${base64.urlsafe_b64encode(raw).decode()}", COLUMN)


def test_a_value_does_not_open_in_another_column() -> None:
    token = encrypt("13812345621", COLUMN)
    with pytest.raises(ValueError, match="does not open"):
        decrypt(token, "organisation.person.identity")


def test_keys_change_without_rewriting(keys: Callable[..., None]) -> None:
    keys(OLD)
    old, index = encrypt("13812345621", COLUMN), blind_index("13812345621", COLUMN)
    keys(NEW, OLD)
    new = encrypt("13812345621", COLUMN)
    assert old.startswith("k1$")
    assert new.startswith("k2$")
    assert decrypt(old, COLUMN) == decrypt(new, COLUMN)
    assert blind_index("13812345621", COLUMN) == index
    keys(NEW)
    with pytest.raises(ValueError, match="k1"):
        decrypt(old, COLUMN)


def test_the_same_name_with_another_key_does_not_open(keys: Callable[..., None]) -> None:
    keys(OLD)
    token = encrypt("13812345621", COLUMN)
    keys("k1:" + "33" * 32)
    with pytest.raises(ValueError, match="does not open"):
        decrypt(token, COLUMN)


@pytest.mark.parametrize("broken", ["", "k1", "k1:", "k1:1234", ":" + "11" * 32, "k1:" + "zz" * 32])
def test_a_broken_key_stops_at_once(keys: Callable[..., None], broken: str) -> None:
    keys(broken)
    with pytest.raises(ImproperlyConfigured):
        encrypt("x", COLUMN)
    assert [error.id for error in field_keys_can_be_read()] == ["personal.E001"]


def test_whole_keys_are_no_reason_to_stop(keys: Callable[..., None]) -> None:
    keys(NEW, OLD)
    assert personal.read_keys() == ("k2", "k1")
    assert field_keys_can_be_read() == []


def test_equal_values_share_a_digest_within_a_column_only() -> None:
    assert blind_index(" 13812345621 ", COLUMN) == blind_index("13812345621", COLUMN)
    assert blind_index("13812345621", COLUMN) != blind_index("13812345622", COLUMN)
    assert blind_index("13812345621", COLUMN) != blind_index("13812345621", "other.column")


def test_the_database_never_sees_the_text(db: None) -> None:
    person = Person.objects.create_user("20000001", name="赵新", phone="13812345621")
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, identity FROM organisation_person WHERE id = %s", [person.pk])
        phone, identity = cursor.fetchone()
    assert "13812345621" not in phone
    assert phone.startswith("k1$")
    assert identity == ""
    assert Person.objects.get().phone == "13812345621"


def test_an_encrypted_field_is_not_searched(db: None) -> None:
    for lookup in ("phone", "phone__icontains", "phone__startswith"):
        with pytest.raises(ValueError, match="blind index"):
            Person.objects.filter(**{lookup: "138"}).exists()


@given(text=texts)
def test_masks_keep_the_length_and_show_little(text: str) -> None:
    for mask, shown in ((personal.mask_phone, 5), (personal.mask_identity, 2), (personal.mask_account, 4)):
        masked = mask(text)
        assert len(masked) == len(text)
        assert sum(1 for one in masked if one != "*") <= shown
        assert not text or masked != text or set(text) <= {"*"}


def test_masks_as_people_know_them() -> None:
    assert personal.mask_phone("13800000021") == "138******21"
    assert personal.mask_identity("11010519491231002X") == "1****************X"
    assert personal.mask_account("6222020000001234567") == "***************4567"
    assert personal.mask_phone("1380") == "****"
