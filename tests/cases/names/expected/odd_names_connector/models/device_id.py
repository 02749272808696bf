"""Types of device_id: Names that Python has other uses for."""

from __future__ import annotations

from builtins import list as _list, str as _str

from ferrule_runtime.models import Date, Field as _Field, Model as _Model, StrictInt


class Resource(_Model):
    """Resource."""

    str: _str
    int: StrictInt
    list: _list[_str]
    dict_: dict[_str, _str] = _Field(alias="dict")
    date: Date
