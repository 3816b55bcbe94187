"""What a recording by capture.sh shows: the moments of its flashes and clicks, on one clock."""
import array
import os
import statistics

RATE = 48000


def flashes(folder):
    """Moments (seconds) when the picture's corner turns white: the middle between the last black picture and
    the first white one."""
    found, last_time, last_white, time = [], None, True, None
    with open(os.path.join(folder, "video.txt")) as lines:
        for line in lines:
            if line.startswith("frame:"):
                time = int(line.split("pts:")[1].split()[0]) / 1e6
            elif "YAVG=" in line and time is not None:
                white = float(line.split("=")[1]) > 125
                if white and not last_white:
                    found.append((last_time + time) / 2)
                last_time, last_white = time, white
    return found


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
                index += int(fields[4]) // 4
    return found


def clicks(folder, level=0.1, quiet=0.15):
    """Moments (seconds) when a click begins after some silence, to a sample; the packets' own times scatter, so
    the median of those within five seconds around says when a sample was."""
    stamps = packets(folder)
    offsets = [moment - index / RATE for index, moment in stamps]
    found, last_loud, place = [], -RATE, 0
    with open(os.path.join(folder, "audio.raw"), "rb") as file:
        at = 0
        while True:
            block = array.array("f")
            data = file.read(4 * RATE)
            block.frombytes(data[:len(data) // 4 * 4])
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
