"""What an image costs when it is cut here, and when a cloud cuts it.

Money is in one currency, whichever; power is in watts, time in seconds, a year has twelve months.
People's time is left out: judging and retouching cost the same on both sides.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_JOULES_PER_KWH = 3_600_000.0
_SECONDS_PER_HOUR = 3600.0
_MONTHS = 12
_LEAST_SAVED = 1e-9  # of the currency, by image; below it the volume is beyond all counting


@dataclass(frozen=True)
class Assumptions:
    """What a month looks like.

    Attributes
    ----------
    photos : images a month
    seconds : one machine's time per image, with the network warm
    watts : what a machine draws while it works
    kwh_price : price of a kilowatt-hour
    machine_price : price of one machine; 0 when it is there anyway
    machine_years : how long it is used, above 0
    hours : how long a machine may work in a month, above 0
    hosting : what storage and care cost in a month, however much is cut
    cloud_price : price per image in the cloud
    cloud_fee : its fee for a month
    """

    photos: int
    seconds: float
    watts: float
    kwh_price: float
    machine_price: float
    machine_years: float
    hours: float
    hosting: float
    cloud_price: float
    cloud_fee: float


@dataclass(frozen=True)
class Comparison:
    """What follows from the assumptions, for one month unless said otherwise.

    Attributes
    ----------
    machines : how many the volume needs
    busy_hours : hours of work, over all machines
    electricity, machine, hosting : the parts of the local cost
    local, cloud : the cost of the month
    local_per_image, cloud_per_image : the same by image; None without images
    break_even : images a month from which one machine is the cheaper one; 0: always; None: never
    capacity : images a month that one machine can do
    """

    machines: int
    busy_hours: float
    electricity: float
    machine: float
    hosting: float
    local: float
    cloud: float
    local_per_image: float | None
    cloud_per_image: float | None
    break_even: int | None
    capacity: int


def compare(given: Assumptions) -> Comparison:
    """Compute both costs of a month and the volume at which they are equal.

    local = machines · machine_price / (12 · machine_years) + hosting
            + photos · seconds · watts / 3 600 000 · kwh_price

    cloud = cloud_fee + photos · cloud_price

    machines is the volume's time by the hours that one machine may work, rounded up, at least one.
    Break-even takes one machine: its fixed cost, less the cloud's fee, by what each image saves.
    """
    busy_hours = given.photos * given.seconds / _SECONDS_PER_HOUR
    machines = max(1, math.ceil(busy_hours / given.hours))
    per_machine = given.machine_price / (_MONTHS * given.machine_years)
    power_per_image = given.seconds * given.watts / _JOULES_PER_KWH * given.kwh_price
    electricity = given.photos * power_per_image
    local = machines * per_machine + given.hosting + electricity
    cloud = given.cloud_fee + given.photos * given.cloud_price
    return Comparison(
        machines=machines,
        busy_hours=busy_hours,
        electricity=electricity,
        machine=machines * per_machine,
        hosting=given.hosting,
        local=local,
        cloud=cloud,
        local_per_image=local / given.photos if given.photos else None,
        cloud_per_image=cloud / given.photos if given.photos else None,
        break_even=_break_even(
            per_machine + given.hosting - given.cloud_fee, given.cloud_price - power_per_image
        ),
        capacity=math.floor(given.hours * _SECONDS_PER_HOUR / given.seconds),
    )


def _break_even(fixed: float, saved: float) -> int | None:
    """Return the least whole volume at which ``saved`` per image makes up for ``fixed``."""
    if fixed <= 0 and saved >= 0:
        return 0
    if saved < _LEAST_SAVED:
        return None
    return math.ceil(fixed / saved)
