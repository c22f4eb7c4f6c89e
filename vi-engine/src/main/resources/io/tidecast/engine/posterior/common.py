# Standard normals: a window of the pool at an offset that the step's seed chooses, or fresh ones.
def fill_noise(self: __torch__.Script, eps: Tensor, pool: Tensor, seed: int) -> Tensor:
  if pool.numel() > eps.numel():
    offset = seed % (pool.numel() - eps.numel())
    eps.copy_(pool.narrow(0, offset, eps.numel()).view(eps.size()))
  else:
    generator = torch.Generator(device=torch.device("DEVICE"), seed=seed)
    eps.normal_(0., 1., generator=generator)
  return eps
# Length of Adam's last step and signal-to-noise ratio of its moments.
def adam_measures(self: __torch__.Script, state: List[Tensor], lr: float) -> List[Tensor]:
  moment1 = state[2] / torch.rsub(torch.pow(BETA1, state[7]), 1.)
  moment2 = state[3] / torch.rsub(torch.pow(BETA2, state[7]), 1.)
  step = torch.linalg_vector_norm(moment1 / (torch.sqrt(moment2) + 1.e-08)) * lr
  signal = torch.square(torch.linalg_vector_norm(state[2])) / (state[3].sum() + 1.e-30)
  return [step, signal]
