# The two commands a newcomer needs: `make demo` and `make test`.

CARGO ?= cargo
PACKAGES = pkg-config libasound2-dev mesa-vulkan-drivers xvfb ffmpeg
SYSTEM_STAMP = target/.system-packages

.PHONY: demo test check lint av-sync av-soak bench setup clean

## Shows the bundled speech: in a window where there is a display and sound, else as demo.mp4.
demo: setup
	$(CARGO) build --release
	sh tests/demo.sh target/release/rhetor

## Installs what the tests need and runs them all.
test: setup
	sh tests/run.sh $(CARGO)

## Formatting and lints, warnings denied.
lint: setup
	$(CARGO) fmt --check
	$(CARGO) clippy --all-features --all-targets -- -D warnings

## Measures sound against picture in a real window and a recorded sound server; av-soak takes an hour.
av-sync: setup
	$(CARGO) build --release
	RHETOR=target/release/rhetor sh tests/av_sync/measure.sh

av-soak: setup
	$(CARGO) build --release
	RHETOR=target/release/rhetor sh tests/av_sync/measure.sh --soak

setup:
	@sh tests/setup.sh $(PACKAGES)

clean:
	$(CARGO) clean
