# Standard normals of this size: a window of the pool at an offset that the step's seed chooses, or fresh ones in out.
def normals(self: __torch__.Script, out: Tensor, pool: Tensor, seed: int) -> Tensor:
  result = out
  if pool.numel() > out.numel():
    result = pool.narrow(0, seed % (pool.numel() - out.numel()), out.numel()).view(out.size())
  else:
    generator = torch.Generator(device=torch.device("DEVICE"), seed=seed)
    result = out.normal_(0., 1., generator=generator)
  return result
# Length of Adam's last step and signal-to-noise ratio of its moments.
def adam_measures(self: __torch__.Script, state: List[Tensor], lr: float) -> List[Tensor]:
  moment1 = state[2] / torch.rsub(torch.pow(BETA1, state[7]), 1.)
  moment2 = state[3] / torch.rsub(torch.pow(BETA2, state[7]), 1.)
  step = torch.linalg_vector_norm(moment1 / (torch.sqrt(moment2) + 1.e-08)) * lr
  signal = torch.square(torch.linalg_vector_norm(state[2])) / (state[3].sum() + 1.e-30)
  return [step, signal]
