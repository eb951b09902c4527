"""
The read-only JSON API at `/data/api/v1/`: what the public pages show, for programs.

`gate.py` stands before every address, `asking.py` says what can be asked, `telling.py` how it is told; then there is a
module a kind of record.
"""
