import { useCallback, useEffect, useRef, useState } from "react";

interface Found {
  rawValue: string;
}

interface Detector {
  detect: (source: HTMLVideoElement) => Promise<Found[]>;
}

type DetectorMaker = new () => Detector;

function maker(): DetectorMaker | undefined {
  return (globalThis as { BarcodeDetector?: DetectorMaker }).BarcodeDetector;
}

const pause = 200;

/** The camera reads codes where the browser can: it is off until asked for, and stops at the first code. */
export function useCamera(onCode: (code: string) => void) {
  const video = useRef<HTMLVideoElement>(null);
  const [on, setOn] = useState(false);
  const [problem, setProblem] = useState(false);
  const seen = useRef(onCode);
  seen.current = onCode;

  useEffect(() => {
    const Maker = maker();
    if (!on || !Maker) return;
    const detector = new Maker();
    let stream: MediaStream | undefined;
    let timer = 0;
    let gone = false;
    const look = async () => {
      const code = await readFrom(video.current, detector);
      if (gone) return;
      if (!code) {
        timer = window.setTimeout(() => void look(), pause);
        return;
      }
      setOn(false);
      seen.current(code);
    };
    const start = async () => {
      const opened = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      if (gone || !video.current) {
        stop(opened);
        return;
      }
      stream = opened;
      video.current.srcObject = opened;
      await video.current.play();
      await look();
    };
    start().catch(() => {
      setProblem(true);
      setOn(false);
    });
    return () => {
      gone = true;
      window.clearTimeout(timer);
      if (stream) stop(stream);
    };
  }, [on]);

  const toggle = useCallback(() => {
    setProblem(false);
    setOn((was) => !was);
  }, []);
  return { can: maker() !== undefined, on, problem, toggle, video };
}

async function readFrom(source: HTMLVideoElement | null, detector: Detector): Promise<string | undefined> {
  const found = source ? await detector.detect(source).catch(() => []) : [];
  return found[0]?.rawValue;
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
