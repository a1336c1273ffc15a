"""Scripts of the helpline: data in YAML, checked, versioned, walked one question at a time.

``schema`` says what a script is, ``reading`` reads a file and names file, line and path of
every mistake, ``library`` holds those that count now (an operator's folder over the shipped
ones), ``walking`` finds the step where a set of answers leads, ``checks`` asks the rules of
access and referrals, ``services`` keeps a run of a call with the version that it began with.
"""
