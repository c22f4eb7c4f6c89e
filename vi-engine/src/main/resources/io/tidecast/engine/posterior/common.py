# Standard normals of this size: a window of the pool at an offset that the step's seed chooses, or fresh ones in out.
def normals(self: __torch__.Script, out: Tensor, pool: Tensor, seed: int) -> Tensor:
  result = out
  if pool.numel() > out.numel():
    result = torch.as_strided(pool, out.size(), out.stride(), seed % (pool.numel() - out.numel()))
  else:
    generator = torch.Generator(device=torch.device("DEVICE"), seed=seed)
    result = out.normal_(0., 1., generator=generator)
  return result
# Length of Adam's last step and signal-to-noise ratio of its moments.
def adam_measures(self: __torch__.Script, state: List[Tensor], lr: float) -> List[Tensor]:
  steps = state[7].squeeze()
  rest1 = torch.rsub(torch.pow(BETA1, steps), 1.)
  root2 = torch.sqrt(torch.rsub(torch.pow(BETA2, steps), 1.))
  length = torch.linalg_vector_norm(state[2] / torch.add_(torch.sqrt(state[3]), root2 * 1.e-08))
  signal = torch.square(torch.linalg_vector_norm(state[2])) / (state[3].sum() + 1.e-30)
  return [length * root2 / rest1 * lr, signal]
# Random numbers of the size of another tensor, for labels sampled from the model, which may have broken down: a rate that is
# no number would end the process' step with an error instead of being skipped.
def gaussians(self: __torch__.Script, like: Tensor, seed: int) -> Tensor:
  generator = torch.Generator(device=torch.device("DEVICE"), seed=seed)
  return torch.empty_like(like).normal_(0., 1., generator=generator)
def uniforms(self: __torch__.Script, like: Tensor, seed: int) -> Tensor:
  generator = torch.Generator(device=torch.device("DEVICE"), seed=seed)
  return torch.empty_like(like).uniform_(0., 1., generator=generator)
def gammas(self: __torch__.Script, shape: Tensor, seed: int) -> Tensor:
  generator = torch.Generator(device=torch.device("DEVICE"), seed=seed)
  return torch._standard_gamma(torch.nan_to_num(shape, 1.), generator=generator)
def poissons(self: __torch__.Script, mean: Tensor, seed: int) -> Tensor:
  generator = torch.Generator(device=torch.device("DEVICE"), seed=seed)
  return torch.poisson(torch.nan_to_num(mean, 0.), generator=generator)
