"""What a recording by capture.sh shows: the moments of its flashes and clicks, on one clock."""
import array
import os
import statistics

RATE = 48000


def levels(folder, name):
    """(moment, brightness 0..1) of each picture grabbed."""
    found, time = [], None
    with open(os.path.join(folder, name)) as lines:
        for line in lines:
            if line.startswith("frame:"):
                time = int(line.split("pts:")[1].split()[0]) / 1e6
            elif "YAVG=" in line and time is not None:
                found.append((time, (float(line.split("=")[1]) - 16) / 219))
    return found


def flashes(folder):
    """Moments (seconds) when the flash turns white: the middle between the last black picture and the first
    white one."""
    grabbed = levels(folder, "flash.txt")
    return [(a[0] + b[0]) / 2 for a, b in zip(grabbed, grabbed[1:]) if a[1] < 0.5 <= b[1]]


def presented(folder):
    """(moment, ruler 0..1) whenever a new picture was presented: seen by the ruler's change."""
    grabbed = levels(folder, "ruler.txt")
    return [((a[0] + b[0]) / 2, b[1]) for a, b in zip(grabbed, grabbed[1:]) if abs(a[1] - b[1]) > 0.004]


def packets(folder):
    """(first sample, moment) of each packet of sound."""
    base, index, found = 1 / RATE, 0, []
    with open(os.path.join(folder, "audio.txt")) as lines:
        for line in lines:
            if line.startswith("#tb"):
                top, bottom = line.split(":")[1].split("/")
                base = int(top) / int(bottom)
            elif not line.startswith("#"):
                fields = line.split(",")
                if len(fields) < 6:
                    break
                found.append((index, int(fields[2]) * base))
                index += int(fields[4]) // 2
    return found


def clicks(folder, level=3000, quiet=0.15):
    """Moments (seconds) when a click begins after some silence, to a sample; the packets' own times scatter, so
    the median of those within five seconds around says when a sample was."""
    stamps = packets(folder)
    offsets = [moment - index / RATE for index, moment in stamps]
    found, last_loud, place = [], -RATE, 0
    with open(os.path.join(folder, "audio.raw"), "rb") as file:
        at = 0
        while True:
            block = array.array("h")
            data = file.read(2 * RATE)
            block.frombytes(data[:len(data) // 2 * 2])
            if not block:
                return found
            if max(block) > level or min(block) < -level:
                for i, value in enumerate(block):
                    if value > level or value < -level:
                        if at + i - last_loud > quiet * RATE:
                            while place + 1 < len(stamps) and stamps[place + 1][0] <= at + i:
                                place += 1
                            around = offsets[max(0, place - 500):place + 500]
                            found.append((at + i) / RATE + statistics.median(around))
                        last_loud = at + i
            at += len(block)


def pairs(flash_moments, click_moments, reach=0.2):
    """(click, flash − click) for each click with a flash within `reach` seconds; and how many have none."""
    found, missing, place = [], 0, 0
    for click in click_moments:
        while place < len(flash_moments) and flash_moments[place] < click - reach:
            place += 1
        if place < len(flash_moments) and flash_moments[place] <= click + reach:
            found.append((click, flash_moments[place] - click))
        else:
            missing += 1
    return found, missing
