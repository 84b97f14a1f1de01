"""Speech that is not in the vocabulary, and noise that is no speech: what the model must not take for an answer."""

import random

#: What stands for a word outside the vocabulary.
MARK = "…"

SENTENCES = """
the committee will meet again after the election results are published
please bring the green umbrella to the railway station before sunset
our neighbours painted their garden fence bright orange during the holidays
the orchestra rehearsed a difficult symphony under the new conductor
quarterly revenue increased because customers bought cheaper bicycles
several penguins waddled across the frozen harbour looking for herring
she polished the antique furniture until the mahogany gleamed
engineers designed a lightweight bridge using recycled aluminium
the librarian catalogued thousands of medieval manuscripts
tourists photographed the cathedral from every possible angle
a gentle breeze carried the smell of fresh bread through the village
the detective examined the dusty envelope under a powerful lamp
farmers harvested pumpkins while crows watched from the barn
software updates are scheduled for the third quarter of the budget
the captain ordered the crew to lower the sails immediately
my grandmother knitted a purple scarf for the museum director
traffic on the motorway was delayed by an overturned caravan
the professor explained quantum mechanics with coloured marbles
they discovered an abandoned submarine beneath the glacier
children built enormous sandcastles near the lighthouse
could you please forward the invoice to the accounting department
the weather forecast predicts thunderstorms over the southern mountains
political journalists criticised the chancellor's unexpected resignation
he whispered a secret password and the heavy curtain opened
astronomers observed a comet crossing the constellation of orion
the bakery around the corner sells delicious cinnamon pastries
volunteers planted hundreds of oak trees along the riverbank
the referee showed a yellow card to the furious goalkeeper
an elderly gentleman was feeding pigeons beside the fountain
we should reserve a table at that italian restaurant tonight
""".split("\n")

WORDS = """
umbrella bicycle orchestra penguin railway cathedral marble garden kitchen window elephant guitar computer airplane giraffe
telephone banana pumpkin castle dragon mountain river bridge engine wallet carpet mirror basket ladder hammer candle curtain
library museum theatre stadium festival journalist president captain soldier farmer painter singer dancer lawyer teacher
marvin sheila happy house tree bird dog bed wow visual forward backward follow learn
purple orange yellow silver golden wooden plastic metal rubber cotton velvet leather
""".split()


class Unknown:
    """A stream of sentences and words outside the vocabulary; what the model writes for them is [`MARK`]."""

    def __init__(self, seed, known):
        self.random = random.Random(seed)
        self.sentences = [line for line in SENTENCES if line]
        self.words = [word for word in WORDS if word not in known]
        self.known = known

    def next(self):
        """What is said, and what is written."""
        if self.random.random() < 0.35:
            return self.random.choice(self.words), MARK
        words = self.random.choice(self.sentences).split()
        start = self.random.randrange(max(1, len(words) - 3))
        piece = words[start:start + self.random.randint(2, 8)]
        if self.random.random() < 0.3:
            self.random.shuffle(piece)
        return " ".join(piece), MARK

    def within(self, text):
        """An answer with one of its words exchanged for one that is not in the vocabulary."""
        words = text.split()
        place = self.random.randrange(len(words))
        said, written = list(words), list(words)
        said[place], written[place] = self.random.choice(self.words), MARK
        return " ".join(said), " ".join(written)
