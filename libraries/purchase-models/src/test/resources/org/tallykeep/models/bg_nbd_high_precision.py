"""Writes bg_nbd_high_precision.csv: BG/NBD at random points, to 60 digits, by the formulas as published.

    pip install mpmath==1.4.1 && python3 bg_nbd_high_precision.py > bg_nbd_high_precision.csv

Expected purchases by equation (10) of Fader, Hardie and Lee (2005) with its hypergeometric function,
the likelihood by their equation (6) with Beta and Gamma functions: none of which the Java code uses.
At a = 1, where equation (10) is 0/0, a is moved by 1e-40 at 120 digits.
"""

import random

from mpmath import beta, gamma, hyp2f1, log, mp, mpf

SEED = 20050501
mp.dps = 120


def probability_alive(r, alpha, a, b, x, t_x, T):
    if x == 0:
        return mpf(1)
    return 1 / (1 + a / (b + x - 1) * ((alpha + T) / (alpha + t_x)) ** (r + x))


def expected(r, alpha, a, b, x, t_x, T, t):
    if a == 1:
        a += mpf("1e-40")
    z = t / (alpha + T + t)
    f = hyp2f1(r + x, b + x, a + b + x - 1, z, maxterms=10**7, maxprec=10**5)
    head = (a + b + x - 1) / (a - 1)
    body = 1 - ((alpha + T) / (alpha + T + t)) ** (r + x) * f
    return head * body * probability_alive(r, alpha, a, b, x, t_x, T)


def log_likelihood(r, alpha, a, b, x, t_x, T):
    rate = gamma(r + x) * alpha**r / gamma(r)
    alive = beta(a, b + x) / beta(a, b) / (alpha + T) ** (r + x)
    stopped = mpf(0)
    if x > 0:
        stopped = beta(a + 1, b + x - 1) / beta(a, b) / (alpha + t_x) ** (r + x)
    return log(rate * (alive + stopped))


def points():
    rng = random.Random(SEED)

    def spread(low, high):
        return low * (high / low) ** rng.random()

    for i in range(400):
        x = rng.choice([0, 0, 1, 1, 2, 3, 5, 8, 13, 34, 89, 233, 377, 700, 1100])
        r, alpha = spread(0.05, 20), spread(0.05, 200)
        a, b = spread(0.02, 30), spread(0.02, 200)
        if i % 10 == 0:
            a = rng.choice([1.0, 1 + 1e-12, 1 - 1e-9, 1 + 1e-6])
        if i % 10 == 1:
            a = rng.random() * 0.5
            b = rng.random() * (1 - a)
        days = max(x, rng.randrange(1, 1500))
        last = 0 if x == 0 else days if i % 7 == 0 else rng.randrange(x, days + 1)
        # Fractions of weeks must mean the same number in both languages.
        t_x, T = last / 7, days / 7
        t = rng.choice([1 / 7, 1.0, 4.0, 13.0, 39.0, 52.0, 104.0, 520.0, 1e-6, 1e5])
        yield r, alpha, a, b, x, t_x, T, t


print("r,alpha,a,b,x,recency,age,horizon,expected,alive,logLikelihood")
for r, alpha, a, b, x, t_x, T, t in points():
    v = [mpf(n) for n in (r, alpha, a, b, x, t_x, T, t)]
    results = (expected(*v), probability_alive(*v[:7]), log_likelihood(*v[:7]))
    given = ",".join(repr(n) for n in (r, alpha, a, b, x, t_x, T, t))
    print(given + "," + ",".join(mp.nstr(n, 20) for n in results))
