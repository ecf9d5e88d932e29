import { parentPort, workerData } from "node:worker_threads";
import { resignBlock } from "./block.ts";
import type { Block } from "./blocks.ts";
import { makeResigner } from "./item.ts";
import type { ResignSpec } from "./spec.ts";

const spec = workerData as ResignSpec;
const resignItem = makeResigner(spec);

parentPort?.on("message", (block: Block) => {
  const result = resignBlock(block, resignItem, spec);
  parentPort?.postMessage(result, [result.out.buffer, result.rejects.buffer]);
});
