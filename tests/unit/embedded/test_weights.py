"""The weights shipped are those of the corpus, small, and read without unpickling or scikit-learn."""

import subprocess
import sys
from importlib.resources import files

import numpy as np

from assistant.embedded import corpus, intents


def test_weights_are_those_of_the_corpus():
    assert intents.load().fingerprint == corpus.fingerprint(), "the corpus or its rules changed: run `make train`"


def test_weights_are_small_plain_arrays():
    path = files("assistant.embedded").joinpath(intents.WEIGHTS)
    assert len(path.read_bytes()) < 5_000_000
    with np.load(str(path), allow_pickle=False) as stored:
        assert all(stored[name].dtype != object for name in stored.files)


def test_reading_a_question_needs_no_scikit_learn():
    code = (
        "import sys\n"
        "from assistant.embedded.intents import default_model\n"
        "assert default_model().rank('quel est notre taux de churn ?', 'fr')[0][0] == 'churn_rate'\n"
        "assert 'sklearn' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_probabilities_are_probabilities():
    rows = intents.default_model().probabilities([("pourquoi partent-ils ?", "fr"), ("", "en"), ("?!", "fr")])
    assert rows.shape == (3, len(intents.load().intents))
    assert np.allclose(rows.sum(axis=1), 1, atol=1e-4)
    assert (rows >= 0).all()
