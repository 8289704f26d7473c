"""What can go wrong with photos and documents."""

from __future__ import annotations

from onhand.kernel import Conflict, FieldError, Invalid, NotFound, TooLarge, Unavailable


class UnknownAttachment(NotFound):
    """There is no photo or document {key}."""

    code = "attachments.unknown"


class UnknownOwner(Invalid):
    """There is no {kind} {key} to attach this to."""

    code = "attachments.unknown_owner"

    def __init__(self, kind: str, key: object) -> None:
        sentence = f"There is no {kind} {key} to attach this to."
        super().__init__(errors=[FieldError("/owner_id", self.code, sentence)], kind=kind, key=key)


class UnknownKind(Invalid):
    """Nothing can be attached to a {kind}; photos and documents go to {kinds}."""

    code = "attachments.unknown_kind"

    def __init__(self, kind: str, kinds: str) -> None:
        sentence = f"One of these is needed: {kinds}."
        super().__init__(errors=[FieldError("/owner_kind", self.code, sentence)], kind=kind, kinds=kinds)


class Unusable(Invalid):
    """{name} cannot be attached: {problem}."""

    code = "attachments.unusable"

    def __init__(self, name: str, problem: str) -> None:
        sentence = f"{problem[:1].upper()}{problem[1:]}."
        super().__init__(errors=[FieldError("/file", self.code, sentence)], name=name, problem=problem)


class FileTooLarge(TooLarge):
    """{name} is larger than the {limit} that a photo or document may have."""

    code = "attachments.too_large"


class TooManyAttachments(Conflict):
    """This {kind} has {most} photos and documents already, and more are not possible; remove one first."""

    code = "attachments.too_many"


class OtherOnes(Invalid):
    """The order must name each photo of this {kind} once; load it again, someone may have added or removed one."""

    code = "attachments.other_ones"

    def __init__(self, kind: str) -> None:
        sentence = "Name each photo once."
        super().__init__(errors=[FieldError("/ids", self.code, sentence)], kind=kind)


class NoThumbnail(NotFound):
    """{name} is a document: it has no thumbnail."""

    code = "attachments.no_thumbnail"


class StoreAway(Unavailable):
    """The store of photos and documents cannot be reached just now; try again shortly."""

    code = "attachments.store_away"


class ContentGone(NotFound):
    """The content of {name} is not in the store; upload it again."""

    code = "attachments.content_gone"
