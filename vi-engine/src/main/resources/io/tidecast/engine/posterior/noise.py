# Standard normals: a window of the pool at an offset that the step's seed chooses, or fresh ones.
def fill_noise(self: __torch__.Script, eps: Tensor, pool: Tensor, seed: int) -> Tensor:
  if pool.numel() > eps.numel():
    offset = seed % (pool.numel() - eps.numel())
    eps.copy_(pool.narrow(0, offset, eps.numel()).view(eps.size()))
  else:
    generator = torch.Generator(device=torch.device("DEVICE"), seed=seed)
    eps.normal_(0., 1., generator=generator)
  return eps
