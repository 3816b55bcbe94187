#!/bin/sh
# Installs what the trainer needs, from Debian main and PyPI.
set -eu
apt-get install -y --no-install-recommends python3 opus-tools espeak-ng espeak-ng-data libespeak-ng1 flite festival \
    festvox-kdlpc16k festvox-us-slt-hts festvox-ca-ona-hts festvox-itapc16k festvox-italp16k \
    festvox-suopuhe-lj festvox-suopuhe-mv festvox-czech-dita festvox-czech-krb festvox-czech-machac festvox-czech-ph
python3 -m pip install "numpy>=2" jax
