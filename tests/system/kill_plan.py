"""What a kill loop is going to do, drawn from a seed before it begins: the same seed, the same plan."""

import random
from dataclasses import dataclass

DELAYS_MS = (50, 800)
# Named moments at which a node that publishes, or takes what another published, may fall.
OF_THE_CITY = ("before-write", "after-write", "after-high-water", "before-reply")
OF_THE_HUB = ("before-write", "after-write", "after-high-water")
PASSINGS = (1, 3)


@dataclass(frozen=True)
class Kill:
    """One kill. `victims` are "city", "hub" or "author"; `point` is a named moment, or None for any."""

    victims: tuple
    delay_ms: int = 0
    point: str = None
    passing: int = 1
    again: bool = False  # falls once more, as it starts

    @property
    def setting(self):
        return f"{self.point}:{self.passing}"

    @property
    def name(self):
        return self.point or "any moment"


def at_any_moment(seed, kills):
    """Kills after a time: of the city, of the hub, or of both at once."""
    drawn = random.Random(f"any moment {seed}")
    victims = [("city",), ("city",), ("city",), ("hub",), ("city", "hub")]
    return [Kill(drawn.choice(victims), drawn.randint(*DELAYS_MS)) for _ in range(kills)]


def at_named_moments(seed, kills):
    """Kills at kill points: every one of them in turn, the turns shuffled."""
    drawn = random.Random(f"named moments {seed}")
    plan = []
    while len(plan) < kills:
        turn = [Kill(("city",), point=point, passing=drawn.randint(*PASSINGS)) for point in OF_THE_CITY]
        turn += [Kill(("hub",), point=point, passing=drawn.randint(*PASSINGS)) for point in OF_THE_HUB]
        turn.append(Kill((drawn.choice(("city", "hub")),), point="in-erase", again=drawn.random() < 0.5))
        turn.append(Kill((drawn.choice(("city", "hub")),), point="in-scrub", again=drawn.random() < 0.5))
        turn.append(Kill((drawn.choice(("city", "hub", "author")),), point="in-cut"))
        drawn.shuffle(turn)
        plan += turn
    return plan[:kills]
