"""What a sentence sounds like: espeak-ng's phonemes of American English, each word by itself.

They are what the encoder is taught with while it trains; the model that is shipped does not contain them.
"""

import subprocess

#: Marks of stress and pauses, which are no sounds.
STRESS = str.maketrans("", "", "',%=|!-;")


class Lexicon:
    """Phonemes of each word of some sentences, and a number for each phoneme."""

    def __init__(self, sentences):
        words = sorted({word for sentence in sentences for word in sentence.split()})
        lines = "\n\n".join(words)
        said = subprocess.run(["espeak-ng", "-q", "-x", "--sep=_", "-v", "en-us", "--stdin"], input=lines.encode(), capture_output=True, check=True)
        spoken = [line.strip() for line in said.stdout.decode().splitlines() if line.strip()]
        if len(spoken) != len(words):
            raise ValueError(f"espeak-ng spoke {len(spoken)} lines for {len(words)} words")
        self.words = {word: self.split(line) for word, line in zip(words, spoken, strict=True)}
        self.phones = sorted({phone for phones in self.words.values() for phone in phones})
        self.number = {phone: n for n, phone in enumerate(self.phones)}

    @staticmethod
    def split(line):
        parts = line.replace(" ", "_").translate(STRESS).split("_")
        return [part for part in parts if part]

    def of(self, sentence):
        """The numbers of a sentence's phonemes, in order."""
        return [self.number[phone] for word in sentence.split() for phone in self.words[word]]
