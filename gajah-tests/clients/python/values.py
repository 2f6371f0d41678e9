"""Values that go through a server and come back the same: (type, value)."""
import datetime as dt
import uuid
from decimal import Decimal

UTC = dt.timezone.utc
VALUES = [
    ("bool", True), ("bool", False), ("int2", -32768), ("int4", 2147483647), ("int8", -(2**63)), ("float8", 1.5),
    ("float8", float("inf")), ("float4", 0.25), ("numeric", Decimal("12345678901234567890.123456789")),
    ("numeric", Decimal("-0.00001")), ("numeric", Decimal("0")), ("numeric", Decimal("1E+20")), ("text", "héllo 日本 \U0001f418"), ("text", ""), ("text", "it's \\ \"quoted\"\n"),
    ("varchar(5)", "abcde"), ("bytea", b"\x00\xff\\'"), ("bytea", b""), ("date", dt.date(2024, 2, 29)), ("date", dt.date(1, 1, 1)),
    ("time", dt.time(23, 59, 59, 999999)), ("timetz", dt.time(12, 0, tzinfo=UTC)), ("timestamp", dt.datetime(2024, 2, 29, 12, 34, 56, 789012)),
    ("timestamptz", dt.datetime(2024, 2, 29, 12, 34, 56, 789012, tzinfo=UTC)), ("interval", dt.timedelta(days=3, hours=-4, microseconds=5)),
    ("uuid", uuid.UUID("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")), ("oid", 4294967295), ("int4[]", [1, 2, 3]), ("int4[]", []), ("text[]", ["a", None, "b,c", 'q"', ""]),
    ("int4[]", [[1, 2], [3, 4]]), ("numeric[]", [Decimal("1.5"), None]), ("date[]", [dt.date(2024, 1, 1)]), ("bool[]", [True, None]),
    ("timestamptz[]", [dt.datetime(2024, 1, 1, tzinfo=UTC)]), ("uuid[]", [uuid.UUID(int=1)]), ("text", None), ("int4", None),
    ("jsonb", {"a": [1, None, "x"], "b": {"c": True}}), ("json", [1, 2.5, "three"]), ("name", "a_name"), ('"char"', "x"),
]
