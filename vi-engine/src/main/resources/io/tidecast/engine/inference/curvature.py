    if numbers_i[5] > 0. and done[0] == 0.:
      again = (self).gradients((self).room((self).firsts(weights), (self).firsts(slopes), x, (self).labels(out, seeds[i] + 1), (self).roots(mask, out)))
      moved = (self).gauss_newton(state, work, mask, numbers_i)
    else:
      pass
