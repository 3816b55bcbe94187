#!/usr/bin/env python3
"""A flash and a beep that are known to be simultaneous, by means that share nothing with the program under test.

The screen is drawn over the bare X11 protocol (fill a rectangle, wait for the server's answer); the sound goes
to the sound server's own client library (libpulse-simple), which tells when a sample written now will be heard.
What a recording shows between the two is the recording rig's own bias.

  reference.py beep COUNT     COUNT flashes and beeps, about half a second apart
  reference.py screen         white while the last byte on standard input is '1', black on '0'
"""
import ctypes
import os
import random
import socket
import struct
import sys
import time

RATE = 48000


class Screen:
    """A window that covers the top left of the screen and is either black or white."""

    def __init__(self, width=640, height=360):
        number = os.environ["DISPLAY"].split(":")[1].split(".")[0]
        self.link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.link.connect("/tmp/.X11-unix/X" + number)
        self.link.sendall(struct.pack("<BxHHHHxx", 0x6C, 11, 0, 0, 0))
        head = self.read(8)
        if head[0] != 1:
            raise SystemExit("the screen refuses a connection")
        setup = self.read(struct.unpack("<H", head[6:8])[0] * 4)
        base, = struct.unpack("<I", setup[4:8])
        vendor, = struct.unpack("<H", setup[16:18])
        formats = setup[21]
        root_at = 32 + (vendor + 3) // 4 * 4 + formats * 8
        root, = struct.unpack("<I", setup[root_at:root_at + 4])
        self.window, self.black, self.white = base + 1, base + 2, base + 3
        self.size = (width, height)
        # CreateWindow: override-redirect, black background.
        self.link.sendall(struct.pack("<BBHIIhhHHHHIIII", 1, 0, 10, self.window, root, 0, 0, width, height,
                                      0, 1, 0, 0x202, 0, 1))
        self.link.sendall(struct.pack("<BBHI", 8, 0, 2, self.window))
        for context, colour in ((self.black, 0), (self.white, 0xFFFFFF)):
            self.link.sendall(struct.pack("<BBHIIII", 55, 0, 5, context, self.window, 4, colour))
        self.show(False)

    def read(self, count):
        data = b""
        while len(data) < count:
            part = self.link.recv(count - len(data))
            if not part:
                raise SystemExit("the screen went away")
            data += part
        return data

    def show(self, white):
        """Fills the window, and returns when the server has done so."""
        self.link.sendall(struct.pack("<BBHIIhhHH", 70, 0, 5, self.window, self.white if white else self.black,
                                      0, 0, *self.size))
        self.link.sendall(struct.pack("<BBH", 43, 0, 1))  # GetInputFocus: its reply follows the drawing
        while True:
            answer = self.read(32)
            if answer[0] == 1:
                return


class Sound:
    """A stream to the sound server that knows when what is written now will be heard."""

    class Spec(ctypes.Structure):
        _fields_ = [("format", ctypes.c_int), ("rate", ctypes.c_uint32), ("channels", ctypes.c_uint8)]

    class Buffer(ctypes.Structure):
        _fields_ = [(name, ctypes.c_uint32) for name in ("maxlength", "tlength", "prebuf", "minreq", "fragsize")]

    def __init__(self):
        self.pulse = ctypes.CDLL("libpulse-simple.so.0")
        self.pulse.pa_simple_new.restype = ctypes.c_void_p
        self.pulse.pa_simple_get_latency.restype = ctypes.c_uint64
        self.pulse.pa_simple_get_latency.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
        self.pulse.pa_simple_write.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_void_p]
        spec = Sound.Spec(3, RATE, 1)  # S16LE
        most = 0xFFFFFFFF
        buffer = Sound.Buffer(most, RATE // 1000 * 60 * 2, 0, RATE // 1000 * 10 * 2, most)
        error = ctypes.c_int(0)
        self.stream = self.pulse.pa_simple_new(None, b"reference", 1, None, b"beep", ctypes.byref(spec), None,
                                               ctypes.byref(buffer), ctypes.byref(error))
        if not self.stream:
            raise SystemExit("the sound server refuses a stream")

    def latency(self):
        """Seconds until a sample that is written now is heard."""
        return self.pulse.pa_simple_get_latency(self.stream, None) / 1e6

    def write(self, samples):
        data = struct.pack("<%dh" % len(samples), *samples)
        self.pulse.pa_simple_write(self.stream, data, len(data), None)


def click():
    """Five milliseconds of 1 kHz that begin at once at full strength."""
    return [20000 if i * 2000 // RATE % 2 == 0 else -20000 for i in range(RATE // 200)]


def beep(count):
    screen, sound, rng = Screen(), Sound(), random.Random(7)
    chunk = RATE // 100
    for _ in range(250):
        sound.write([0] * chunk)
    wanted, done = time.monotonic() + 0.5, 0
    # Writing blocks for a chunk's time, so flashes are drawn by a child that sleeps until their moment.
    read, write = os.pipe()
    if os.fork() == 0:
        os.close(write)
        with os.fdopen(read, "rb") as orders:
            while True:
                order = orders.read(8)
                if len(order) < 8:
                    os._exit(0)
                moment, = struct.unpack("<d", order)
                while (rest := moment - time.monotonic()) > 0:
                    time.sleep(rest if rest > 0.002 else 0)
                screen.show(True)
                time.sleep(0.12)
                screen.show(False)
    os.close(read)
    while done < count:
        if time.monotonic() >= wanted:
            # The middle of three reports that were taken next to each other.
            reports = sorted(time.monotonic() + sound.latency() for _ in range(3))
            sound.write(click() + [0] * (chunk - RATE // 200))
            os.write(write, struct.pack("<d", reports[1]))
            done += 1
            wanted = time.monotonic() + rng.uniform(0.4, 0.6)
        else:
            sound.write([0] * chunk)
    for _ in range(60):
        sound.write([0] * chunk)
    os.close(write)
    os.wait()


def follow():
    screen = Screen()
    while True:
        data = os.read(0, 64)
        if not data:
            return
        screen.show(data[-1:] == b"1")


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "beep":
        beep(int(sys.argv[2]))
    elif sys.argv[1:] == ["screen"]:
        follow()
    else:
        raise SystemExit(__doc__)
