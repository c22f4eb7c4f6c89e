# Scores that are not finite: on a GPU the update is masked, so that no number travels to the host before the step is done.
def finite(self: __torch__.Script, scores: Tensor) -> Tensor:
  return torch.isfinite(scores.sum())
def proceed(self: __torch__.Script, good: Tensor) -> bool:
  return True
def kept(self: __torch__.Script, good: Tensor, fresh: Tensor, old: Tensor) -> Tensor:
  return torch.where(good, fresh, old)
def counted(self: __torch__.Script, good: Tensor, steps: Tensor, half: Tensor) -> Optional[Tensor]:
  counter = steps.add_(good.to(6))
  return torch.logical_not(good).to(6)
def skipped(self: __torch__.Script, good: Tensor) -> float:
  return float(torch.logical_not(good).to(6))
def here(self: __torch__.Script, rows: Tensor) -> Tensor:
  return rows.to(torch.device("DEVICE"))
# Where the rows of each step are brought to.
def place(self: __torch__.Script, rows: Tensor) -> Tensor:
  return torch.empty_like(rows, device=torch.device("DEVICE"))
def bring(self: __torch__.Script, rows: Tensor, place: Tensor) -> Tensor:
  return place.copy_(rows)
