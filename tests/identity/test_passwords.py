"""Passwords are hashed with today's parameters, also those of nobody."""

from argon2 import PasswordHasher

from onhand.identity import passwords


def test_checking_an_unknown_account_costs_what_checking_a_known_one_costs() -> None:
    assert not PasswordHasher().check_needs_rehash(passwords._NOBODY)


async def test_nobody_matches_no_password() -> None:
    assert not await passwords.matches(None, "nobody has this password")
    assert await passwords.matches(await passwords.hashed("right"), "right")
