#!/bin/sh
# Records screen and sound on one clock: sourced after environment.sh.
#
#   av_record DIR          begins: DIR/flash.txt and DIR/ruler.txt (time and brightness of each picture's flash and
#                          ruler), DIR/audio.raw (16 bit, 48 kHz, mono) and DIR/audio.txt (time of each packet of it)
#   av_record_stop         ends it
#   part NAME COMMAND…     runs a command meanwhile, and notes in DIR/parts when
#
# Only the corner where the flash appears is grabbed, often, so that a picture's onset is known to 5 ms.

av_print() {
    echo "metadata=mode=print:key=lavfi.signalstats.YAVG:direct=1:file=$1"
}

av_record() {
    AV_CAPTURE="$1"
    mkdir -p "$1"
    : >"$1/parts"
    rm -f "$1/flash.txt" "$1/ruler.txt" "$1/audio.raw" "$1/audio.txt"
    ffmpeg -hide_banner -loglevel warning -nostdin -y -copyts -flush_packets 1 \
        -thread_queue_size 4096 -f x11grab -draw_mouse 0 -framerate 200 -video_size 120x32 -i "$DISPLAY+4,4" \
        -thread_queue_size 4096 -f pulse -fragment_size 960 -sample_rate 48000 -channels 1 -i nul.monitor \
        -filter_complex "[0:v]format=yuv420p,split[a][b];[a]crop=32:32:0:0,signalstats,$(av_print "$1/flash.txt")[a];[b]crop=16:32:100:0,signalstats,$(av_print "$1/ruler.txt")[b]" \
        -map "[a]" -fps_mode passthrough -f null - -map "[b]" -fps_mode passthrough -f null - \
        -map 1:a -c:a pcm_s16le -f s16le "$1/audio.raw" \
        -map 1:a -c:a pcm_s16le -f framecrc "$1/audio.txt" >"$1/ffmpeg.log" 2>&1 &
    AV_FFMPEG=$!
    n=0
    until [ -s "$1/audio.raw" ] && [ -s "$1/flash.txt" ]; do
        n=$((n + 1)); [ $n -lt 100 ] || { echo "the recording does not start:" >&2; cat "$1/ffmpeg.log" >&2; exit 3; }
        sleep 0.1
    done
}

part() {
    begin=$(date +%s.%N)
    name=$1
    shift
    "$@"
    echo "$name $begin $(date +%s.%N)" >>"$AV_CAPTURE/parts"
}

av_record_stop() {
    kill -INT "$AV_FFMPEG" 2>/dev/null || true
    wait "$AV_FFMPEG" 2>/dev/null || true
    AV_FFMPEG=""
}
