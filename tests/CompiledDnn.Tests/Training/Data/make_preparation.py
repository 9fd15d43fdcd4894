"""Numbers of scikit-learn for scalers, class weights and stratified parts. Run with scikit-learn 1.2, write preparation.json."""
import json
import numpy as np
from sklearn.model_selection import StratifiedKFold, StratifiedShuffleSplit
from sklearn.preprocessing import MinMaxScaler, RobustScaler, StandardScaler
from sklearn.utils.class_weight import compute_class_weight

random = np.random.RandomState(3)
n = 13
x = np.column_stack([
    random.normal(5, 2, n),
    random.normal(1e6, 0.5, n),
    np.full(n, 0.1),                       # does not vary
    random.exponential(1e-3, n),
    np.r_[np.zeros(n - 2), 7.0, -3.0],     # the quartiles are the same
    random.randint(0, 3, n).astype(float),
])
x = np.round(x, 6)

scalers = {}
for name, scaler in [
    ("standard", StandardScaler()),
    ("minmax", MinMaxScaler()),
    ("minmax-1..3", MinMaxScaler((-1, 3))),
    ("robust", RobustScaler()),
]:
    scalers[name] = scaler.fit_transform(x).ravel().tolist()

labels = random.choice(4, 47, p=[0.5, 0.3, 0.15, 0.05])
weights = compute_class_weight("balanced", classes=np.unique(labels), y=labels)
folds = [np.bincount(labels[v], minlength=4).tolist() for _, v in StratifiedKFold(5, shuffle=True, random_state=0).split(labels, labels)]
_, held = next(StratifiedShuffleSplit(1, test_size=12, random_state=0).split(labels, labels))

result = {
    "columns": x.shape[1],
    "x": x.ravel().tolist(),
    "labels": labels.tolist(),
    "weights": weights.tolist(),
    "folds": folds,
    "held_out": np.bincount(labels[held], minlength=4).tolist(),
    **scalers,
}
with open("preparation.json", "w", encoding="utf-8") as file:
    file.write("{\n" + ",\n".join(f'  "{name}": {json.dumps(value)}' for name, value in result.items()) + "\n}\n")
