"""What patients say: a generator of intake answers, deterministic from a seed.

Every phrase comes from a template, and templates have names, so that whole templates can be held out from training.
Text is as the model writes it: lower case but for "I", no punctuation, numbers as words.
"""

import random
from pathlib import Path

VOCABULARY = Path(__file__).resolve().parent.parent / "vocabulary"

ONES = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen").split()
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = ("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
            "sixteenth seventeenth eighteenth nineteenth twentieth").split()
MONTHS = "january february march april may june july august september october november december".split()
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
SMALL = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

#: Never trained on: measure (b).
HELD_OUT = {"since-when", "hurts-in-my", "take-for", "allergic-and", "around-scale", "born-on"}


def lines(name):
    """The entries of a vocabulary file."""
    text = (VOCABULARY / f"{name}.txt").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def number(n):
    """0 to 999 in words."""
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10] + ("" if n % 10 == 0 else " " + ONES[n % 10])
    rest = n % 100
    return f"{ONES[n // 100]} hundred" + ("" if rest == 0 else f" {number(rest)}")


def ordinal(n):
    """1 to 31 as an ordinal."""
    if n <= 20:
        return ORDINALS[n - 1]
    return "thirtieth" if n == 30 else f"{TENS[n // 10]} {ORDINALS[n % 10 - 1]}"


def year(n):
    """A year as it is spoken."""
    century, rest = divmod(n, 100)
    if n >= 2010:
        return f"twenty {number(rest)}"
    if n >= 2000:
        return "two thousand" + ("" if rest == 0 else f" and {number(rest)}" if rest % 2 else f" {number(rest)}")
    if rest == 0:
        return f"{number(century)} hundred"
    return f"{number(century)} " + (f"oh {ONES[rest]}" if rest < 10 else number(rest))


class Phrases:
    """A stream of (template, text)."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.symptoms, self.medicines, self.allergens = lines("symptoms"), lines("medicines"), lines("allergens")
        self.reactions, self.conditions = lines("reactions"), lines("conditions")
        self.body, self.sides = [], []
        for line in lines("body"):
            part = line.removesuffix(" SIDE")
            (self.sides if line.endswith(" SIDE") else self.body).append(part)
        names = lines("names")
        split = names.index("--")
        self.first, self.last = names[:split], names[split + 1:]
        self.whole = []
        for line in lines("answers"):
            weight, text = line.split("\t")
            self.whole.append((int(weight), text))
        #: (name, weight, make)
        self.templates = [
            ("whole", 34, lambda: self.weighted(self.whole)),
            ("digit", 14, lambda: self.pick(ONES[:10])),
            ("small-number", 5, lambda: number(self.random.randint(0, 31))),
            ("number", 5, lambda: number(self.random.randint(20, 999))),
            ("digits", 4, lambda: " ".join(self.pick([*ONES[:10], "oh"]) for _ in range(self.random.randint(2, 7)))),
            ("day", 2, lambda: self.pick(DAYS)),
            ("month", 2, lambda: self.pick(MONTHS)),
            ("symptom", 7, self.symptom),
            ("have", 7, lambda: f"{self.pick(['I have', 'I have had', 'I’ve had', 'I’ve got', 'I have got', 'I had', 'it’s', 'I get', 'I keep getting', 'I’ve been having'])} {self.pick(self.symptoms)}"),
            ("have-for", 8, lambda: f"{self.pick(['I have had', 'I’ve had', 'I have', 'I’ve been having'])} {self.pick(self.symptoms)} {self.span()}"),
            ("have-and", 4, lambda: f"{self.pick(['I have', 'I’ve got', 'I’ve had', ''])} {self.pick(self.symptoms)} and {self.pick(self.symptoms)}"),
            ("no-symptom", 1, lambda: f"no {self.bare()}"),
            ("span", 7, self.span),
            ("duration", 5, self.duration),
            ("ago", 4, lambda: f"{self.pick(['', 'about ', 'maybe ', 'it started '])}{self.duration()} ago"),
            ("since-when", 3, lambda: f"it started {self.pick(['last', 'on'])} {self.pick(DAYS)}"),
            ("scale", 6, lambda: f"{self.pick(['', 'about ', 'maybe ', 'I’d say ', 'it’s ', 'I would say ', 'a ', 'it’s a '])}{number(self.random.randint(0, 10))}{self.pick([' out of ten', '', '', ''])}"),
            ("around-scale", 2, lambda: f"around {self.pick(SMALL)} out of ten"),
            ("scale-range", 2, lambda: self.either()),
            ("part", 6, lambda: f"{self.pick(['', 'my ', 'in my ', 'the ', 'on my '])}{self.part()}"),
            ("my-hurts", 5, lambda: f"my {self.part()} {self.pick(['hurts', 'hurts', 'is swollen', 'is sore', 'aches', 'is numb', 'itches', 'is bleeding', 'has been hurting', 'is killing me', 'hurts a lot'])}"),
            ("pain-in", 4, lambda: f"{self.pick(['pain in my', 'I have pain in my', 'I have a pain in my', 'I’ve got pain in my', 'swelling in my', 'numbness in my', 'a rash on my', 'I hurt my', 'I broke my', 'I twisted my', 'I cut my'])} {self.part()}"),
            ("hurts-in-my", 2, lambda: f"it hurts in my {self.part()}"),
            ("medicine", 8, lambda: self.pick(self.medicines)),
            ("take", 5, lambda: f"{self.pick(['I take', 'I am taking', 'I’m on', 'just', 'only', 'yes'])} {self.pick(self.medicines)}"),
            ("dose", 6, lambda: f"{self.pick(['', 'I take '])}{self.pick(self.medicines)} {self.dose()}{self.pick(['', ' ' + self.frequency()])}"),
            ("medicines", 3, lambda: f"{self.pick(['', 'I take '])}{self.pick(self.medicines)} and {self.pick(self.medicines)}"),
            ("take-for", 2, lambda: f"I take {self.pick(self.medicines)} for my {self.pick(['blood pressure', 'heart', 'diabetes', 'asthma', 'back', 'stomach', 'cholesterol', 'thyroid'])}"),
            ("frequency", 2, self.frequency),
            ("allergen", 3, lambda: self.pick(self.allergens)),
            ("allergic", 5, lambda: f"{self.pick(['I’m allergic to', 'I am allergic to', 'yes', 'allergic to', 'yes I’m allergic to'])} {self.pick(self.allergens)}{self.pick(['', '', ' and ' + self.pick(self.allergens)])}"),
            ("allergy-reaction", 3, lambda: f"{self.pick(self.allergens)} {self.pick(['', 'it gives me', 'gives me', 'I get'])} {self.pick(self.reactions[:5])}"),
            ("reaction", 1, lambda: f"{self.pick(['I get', 'it gives me', ''])} {self.pick(self.reactions[:5])}"),
            ("reaction-said", 1, lambda: self.pick(self.reactions[5:])),
            ("allergic-and", 2, lambda: f"I’m allergic to {self.pick(self.allergens)} I get {self.pick(self.reactions[:5])}"),
            ("condition", 3, lambda: f"{self.pick(['', 'I have ', 'I had ', 'yes '])}{self.pick(self.conditions)}"),
            ("date", 6, self.date),
            ("born-on", 2, lambda: f"I was born on {self.date()}"),
            ("date-of-birth", 1, lambda: f"my date of birth is {self.date()}"),
            ("year", 2, lambda: f"{self.pick(['', 'in ', 'since '])}{year(self.random.randint(1930, 2026))}"),
            ("time", 3, self.time),
            ("age", 2, lambda: f"I am {number(self.random.randint(18, 95))}{self.pick([' years old', ''])}"),
            ("name", 4, lambda: f"{self.pick(['', '', 'my name is ', 'I’m '])}{self.pick(self.first)} {self.pick(self.last)}"),
            ("first-name", 2, lambda: self.pick(self.first)),
            ("temperature", 2, lambda: f"{self.pick(['', 'it was '])}{self.temperature()}"),
            ("counted", 2, lambda: f"{self.pick(['', 'about '])}{number(self.random.randint(2, 30))} {self.pick(['a day', 'cigarettes a day', 'a week', 'drinks a week', 'times', 'times a day', 'pounds', 'kilos'])}"),
            ("yes-and", 3, lambda: f"{self.pick(['yes', 'yeah'])} {self.pick([self.span(), self.part(), self.pick(self.symptoms)])}"),
            ("no-but", 1, lambda: f"no but I have {self.pick(self.symptoms)}"),
            ("no-wait", 1, lambda: f"no wait {self.pick([self.duration(), number(self.random.randint(0, 10)), 'yes', 'no'])}"),
            ("severity-symptom", 2, lambda: f"{self.pick(['very bad', 'bad', 'mild', 'severe', 'terrible', 'awful', 'constant'])} {self.bare()}"),
            ("here-for", 2, lambda: f"I’m here {self.pick(['for', 'because of', 'about'])} {self.pick([self.pick(self.symptoms), 'my ' + self.part()])}"),
        ]

    def pick(self, choices):
        return self.random.choice(choices)

    def weighted(self, pairs):
        return self.random.choices([text for _, text in pairs], [weight for weight, _ in pairs])[0]

    def bare(self):
        return self.symptom().removeprefix("a ").removeprefix("an ").removeprefix("the ")

    def symptom(self):
        return self.pick(self.symptoms)

    def part(self):
        if self.random.random() < 0.45:
            return self.pick(self.body)
        return self.pick(["left ", "right ", "right ", "left ", ""]) + self.pick(self.sides)

    def duration(self):
        unit = self.pick(["minute", "hour", "day", "day", "day", "week", "week", "month", "month", "year"])
        count = self.random.choices(
            ["a" if unit != "hour" else "an", "one", *SMALL[:6], "a couple of", "a few", "several", number(self.random.randint(10, 40)), "two or three", "three or four", "half"],
            [3, 2, 8, 8, 6, 6, 4, 3, 3, 3, 1, 3, 1, 1, 1],
        )[0]
        if count == "half":
            return f"half {'an' if unit == 'hour' else 'a'} {unit}"
        return f"{count} {unit}" + ("" if count in ("a", "an", "one") else "s")

    def span(self):
        return self.pick([
            lambda: f"for {self.pick(['', '', 'about ', 'almost ', 'over '])}{self.duration()}",
            lambda: f"for {self.pick(['', 'about '])}{self.duration()}",
            lambda: f"for {self.pick(['', 'about '])}{self.duration()}",
            lambda: f"since {self.pick(['yesterday', 'this morning', 'last night', 'last week', 'last month', 'last year', 'the weekend', 'today'])}",
            lambda: f"since {self.pick(['', 'last '])}{self.pick(DAYS)}",
            lambda: f"since {self.pick(MONTHS)}",
        ])()

    def either(self):
        low = self.random.randint(1, 9)
        return f"{self.pick(['', 'about ', 'maybe '])}{number(low)} or {number(low + 1)}"

    def dose(self):
        amount = self.pick([5, 10, 20, 25, 40, 50, 75, 80, 81, 100, 200, 250, 300, 400, 500, 600, 800, 850, 875])
        return self.pick([f"{number(amount)} milligrams", f"{number(amount)}", f"{self.pick(['one', 'two', 'half a'])} {self.pick(['tablet', 'pill'])}", f"{number(self.pick([4, 6, 8, 10, 12, 20, 30]))} units"])

    def frequency(self):
        return self.pick(["once a day", "twice a day", "three times a day", "four times a day", "every day", "every morning", "every night", "in the morning", "at night", "at bedtime", "once a week", "as needed", "every six hours", "every eight hours", "when I need it", "daily"])

    def date(self):
        day, month, n = self.random.randint(1, 31), self.pick(MONTHS), self.random.randint(1930, 2020)
        short = number(n % 100) if n < 2000 and n % 100 >= 10 else year(n)
        spoken = self.pick([year(n), year(n), short])
        return self.pick([
            f"{month} {ordinal(day)} {spoken}", f"the {ordinal(day)} of {month} {spoken}", f"{ordinal(day)} of {month} {spoken}",
            f"{month} {number(day)} {spoken}", f"{month} {ordinal(day)}", f"the {ordinal(day)} of {month}",
        ])

    def time(self):
        hour = number(self.random.randint(1, 12))
        return self.pick([
            f"{hour} o’clock", f"{hour} {self.pick(['fifteen', 'thirty', 'forty five', 'ten', 'twenty'])}", f"half past {hour}",
            f"quarter to {hour}", f"quarter past {hour}", f"at {hour}", f"{hour} in the {self.pick(['morning', 'evening', 'afternoon'])}",
            f"at {hour} last night",
        ])

    def temperature(self):
        if self.random.random() < 0.5:
            return f"{number(self.random.randint(36, 41))} point {ONES[self.random.randint(0, 9)]}"
        whole = self.random.randint(97, 105)
        said = number(whole) if whole < 100 else self.pick([number(whole), "a " + number(whole).removeprefix("one ")])
        return self.pick([said, f"{said} point {ONES[self.random.randint(0, 9)]}", f"{said} degrees"])

    def next(self, held_out=False):
        """One phrase; `held_out` from the held-out templates only, else never from them."""
        among = [t for t in self.templates if (t[0] in HELD_OUT) == held_out]
        name, _, make = self.random.choices(among, [weight for _, weight, _ in among])[0]
        return name, clean(make())


def clean(text):
    """The text as the model writes it."""
    return " ".join(text.replace("’", "'").split())
