"""Mistakes that type checkers must find: one on each line that says so, and none elsewhere."""

from __future__ import annotations

import acme_v2_connector as acme

client = acme.Acme()
acme.Acme(auth="kye")  # misuse: no such kind of auth
acme.Acme(auth="key", client_id="i")  # misuse: a setting of another kind
acme.Acme(region="asia")  # misuse: a closed choice
client.things.list(flag=None)  # misuse: None where none may be
client.things.list(created={"gt": 1})  # misuse: wrong key
client.things.create(name="x", list_=[])  # misuse: an argument is missing
client.things.create(name="x", list_=[], owner={"nick": "n"})  # misuse: a key is missing
client.things.replace(id_="1", body={"name": "x"})  # misuse: keys are missing
client.things.find()  # misuse: one of two must be given
client.things.report(form="xml")  # misuse: no such case
client.things.report(form="csv").rows  # misuse: it is text
client.things.delete(id_=1)  # misuse: wrong type
client.files.send(body={"url": "u"}, send="multipart")  # misuse: the body of another kind
client.files.upload(file="a.png")  # misuse: text is no file
client.any.call(url="u", method="PUT")  # misuse: a closed choice
client.any.call(url="u", method="GET", auth="nothing")  # misuse: no such auth
client.things.blocks.append(id_="1", body=[{"type": "x", "text": "t", "level": "1"}])  # misuse
client.me(1)  # misuse: a positional argument
client.things.get(thing_id=1).name  # misuse: it may be None
strict: acme.Strict = "c"  # misuse: a closed enum
