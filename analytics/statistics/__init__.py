"""Pure numbers: intervals, survival, purchase processes, additive models, drivers, uplift. No table, no SQL, no words."""

import os

# A waiting OpenMP thread otherwise spins at full speed; it must be set before scikit-learn is first imported.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
