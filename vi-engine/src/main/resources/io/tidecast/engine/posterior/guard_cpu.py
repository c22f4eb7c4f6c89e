# Scores that are not finite: on a CPU the step branches around its update, which costs one look at a number.
def finite(self: __torch__.Script, scores: Tensor) -> bool:
  total = float(scores.sum())
  return total - total == 0.
def proceed(self: __torch__.Script, good: bool) -> bool:
  return good
def kept(self: __torch__.Script, good: bool, fresh: Tensor, old: Tensor) -> Tensor:
  return fresh
def counted(self: __torch__.Script, good: bool, steps: Tensor, half: Tensor) -> Optional[Tensor]:
  # a number of the script would cost more than twice as much
  counter = steps.add_(half, alpha=2.)
  return annotate(Optional[Tensor], None)
def skipped(self: __torch__.Script, good: bool) -> float:
  return 0. if good else 1.
# Rows from Java, whose memory is aligned like PyTorch's own.
def here(self: __torch__.Script, rows: Tensor) -> Tensor:
  return rows
def place(self: __torch__.Script, rows: Tensor) -> Tensor:
  return rows
def bring(self: __torch__.Script, rows: Tensor, place: Tensor) -> Tensor:
  return place
