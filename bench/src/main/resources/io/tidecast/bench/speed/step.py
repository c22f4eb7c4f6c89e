"""The same learning step in PyTorch eager mode: python3 step.py d hidden,hidden outputs M B seconds -> milliseconds that a tenth of the steps keep below.

Draws M antithetic weight vectors, one batched forward and backward pass of an MLP with linear skip and a
Student-t(5) head, the proximal update of the precisions with a step size per tensor (set in every fourth
step), Adam on the means.
"""
import sys
import time

import torch

d, hidden, outputs, draws, rows = int(sys.argv[1]), [int(h) for h in sys.argv[2].split(",")], int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5])
seconds = float(sys.argv[6])
torch.set_num_threads(1)
targets = outputs // 2
widths = [d] + hidden + [outputs]
shapes = []
for i in range(len(widths) - 1):
    shapes += [(widths[i], widths[i + 1]), (1, widths[i + 1])]
shapes.append((d, targets))
sizes = [a * b for a, b in shapes]
size = sum(sizes)
mean = torch.randn(size) * 0.02
precision = torch.full((size,), 4e4)
prior = torch.full((size,), 100.0)
first, second, noise = torch.zeros(size), torch.zeros(size), torch.zeros(len(sizes))
x, y = torch.randn(rows, d), torch.randn(rows, targets)
n, lr, step = 4e5, 5e-4, 0
counts = torch.tensor(sizes)
kappa = torch.ones(size)


def fit(theta):
    w = [p.view(-1, *s) for p, s in zip(theta.split(sizes, 1), shapes)]
    h = x.expand(theta.shape[0], -1, -1)
    for i in range(len(widths) - 1):
        h = torch.baddbmm(w[2 * i + 1], h, w[2 * i])
        if i < len(widths) - 2:
            h = torch.relu(h)
    location = h[..., :targets] + torch.matmul(x, w[-1])
    log_scale = h[..., targets:].clamp(-6, 3)
    r = (y - location) * torch.exp(-log_scale)
    return (-log_scale - 3 * torch.log1p(r * r / 5)).mean(-1).sum()


def update():
    global step
    step += 1
    e = torch.randn(draws // 2, size)
    u = torch.cat([e, -e])
    sd = precision.rsqrt()
    theta = torch.addcmul(mean, u, sd).requires_grad_(True)
    (g,) = torch.autograd.grad(fit(theta), theta)
    score = g * (n / rows) - prior * (theta.detach())
    residual = score * sd + u
    residual = residual - residual.mean(0)
    delta = -(residual * u).mean(0)
    if step < 16 or step % 4 == 0:
        square = torch.stack([(c * c).mean() for c in delta.split(sizes)])
        rho = (0.02 / (noise + 1e-30)).clamp(1e-6, rows / 1e5)
        noise.mul_(0.95).add_(square, alpha=0.05)
        kappa.copy_(torch.repeat_interleave(1 / rho - 1, counts))
    b = kappa - 1 - delta.clamp(-0.5 * (kappa + 1), 0.5 * (kappa + 1))
    precision.mul_(2 * kappa / (b + torch.sqrt(b * b + 4 * kappa)))
    ascent = score.mean(0) / n
    first.mul_(0.9).add_(ascent, alpha=0.1)
    second.mul_(0.999).addcmul_(ascent, ascent, value=0.001)
    mean.addcdiv_(first, (second / (1 - 0.999**step)).sqrt_().add_(1e-8), value=lr / (1 - 0.9**step))


for _ in range(5):
    update()
times, begin = [], time.perf_counter()
while time.perf_counter() - begin < seconds or len(times) < 5:
    t = time.perf_counter()
    update()
    times.append(time.perf_counter() - t)
print(sorted(times)[len(times) // 10] * 1e3)
