/** What an environment may use. */
export interface ResourceLimits {
  readonly memoryMb: number;
  /** The processors that the memory buys. */
  readonly cores: number;
  /** Whether the share is settled afterwards, and so processor time has to be known. */
  readonly settles: boolean;
}

/** What our own runtimes tell of themselves with each request. */
export interface ReportedUsage {
  /** Processor time of the process since it was started, all of its threads together. */
  readonly cpuMs: number;
  /** The most memory that the process has held so far. */
  readonly peakBytes: number;
}

/** Looks after the processes of one environment: where they are, and what they use of what they may. */
export interface ProcessWatch {
  /** The processes that are known now, without another look. */
  readonly pids: readonly number[];
  /** All there are, also what detached itself: to be killed. */
  findAll(): Promise<readonly number[]>;
  /** Calls it once as soon as processes were looked for that are not known yet; never where all are known. */
  afterNextLook(act: () => void): void;
  /** A new process was started, as the head of a process group of its own. */
  startProcess(pid: number): void;
  /** Tells the watch that the process has ended, and everything that it started. */
  endProcess(): void;

  /** The most memory used by the process that runs now, in MB; 0 before the first look. */
  readonly peakMemoryMb: number;
  readonly outOfMemory: boolean;
  /** The most open files of all processes together that a look found; `null` where nothing tells. */
  readonly peakDescriptors: number | null;
  /** Notes what the process itself has told about its use. */
  note(usage: ReportedUsage): void;
  /** An event is about to be handed out: processor time counts from here. */
  startEvent(): Promise<void>;
  lookAtMemory(): void;
  /** What the share makes of the processor time of this event so far, in ms; 0 where nothing settles. */
  settledMs(): Promise<number>;
  /**
   * Looks again and again, until the returned function is called.
   * @param shareMs what the share may make of the processor time
   */
  lookRegularly(
    shareMs: number,
    exceeded: (what: 'out-of-memory' | 'share-used-up') => void,
  ): () => void;
}
