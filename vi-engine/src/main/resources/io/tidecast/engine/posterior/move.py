  delta = (self).curvature(difference, down, shift, state[4], state[1], scale)
GROUP  root = (self).inverse_root(delta, down, shift, w, work[5], scale)
  precision = state[1].div_((self).kept(good, root, work[5] + work[5]))
