    # a mean score more than ten times as long as usual is a spike: shortened to that, pair differences alike
    length = torch.linalg_vector_norm(ascent)
    usual = state[USUAL]
    shorten = torch.where(usual > 0., (usual * 10. / (length + 1.e-30)).clamp_max(1.), 1.)
    usual.copy_((self).kept(good, torch.where(usual > 0., usual * 0.97999999999999998 + torch.minimum(length, usual * 3.) * 0.02, length), usual))
