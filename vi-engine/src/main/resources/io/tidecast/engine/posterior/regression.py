    # delta = mean_k [ shift_k ((p0 - p) shift_k - n / 2B (g+_k - g-_k)) ], minus the centred residual times u; here over -scale
    scale = n * float(pairs)
    gap = torch.sub(state[4], state[1], out=down.select(0, 0))
    t = torch.addcmul(difference, gap, shift, value=-1. / scale, out=difference).mul_(shift)
    delta = t.select(0, 0)
    if pairs > 1:
      delta = t.mean([0])
    else:
      pass
GROUP    # noise law: a step size per tensor, from the noise before this step; w = rho / (1 - rho) = 1 / kappa
    if refresh > 0.:
      noise = state[6]
      rho = torch.reciprocal(noise.clamp_min(1.e-30)).mul_(LIMIT).clamp_(9.9999999999999995e-07, rate)
      w.copy_(torch.repeat_interleave(rho / torch.rsub(rho, 1.), work[4], output_size=PARAMETERS))
      squares = torch.stack(torch._foreach_norm(delta.split_with_sizes(SIZES))).mul_(scale).square_() / work[4]
      keep = (noise > 0.) * (1. - refresh)
      noise.copy_((self).kept(good, noise * keep + squares * torch.rsub(keep, 1.), noise))
    else:
      pass
    # proximal root: p' = p L, L = 1 / (c + sqrt(c^2 + w)) with c = (1 - (1 + delta) w) / 2 in [1/4, 3/4]
    c = torch.addcmul(w, delta, w, value=-scale, out=shift.select(0, 0))
    c = torch.sub(work[5], c, alpha=0.5, out=c).clamp_(0.25, 0.75)
    root = torch.addcmul(w, c, c, out=down.select(0, 0)).sqrt_().add_(c)
    precision = state[1].div_((self).kept(good, root, work[5] + work[5]))
