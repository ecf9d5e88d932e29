/**
 * Prints "passed failed skipped" of a report: Vitest's JSON, or output whose last line is
 * {"name":…,"passed":n,"failed":n,"skipped":n}. A test file that could not be loaded counts as one failure.
 */
import { readFileSync } from "node:fs";

const text = readFileSync(process.argv[2], "utf8").trim();

function ofVitest(report) {
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function read() {
  const last = JSON.parse(text.slice(text.lastIndexOf("\n") + 1));
  return "testResults" in last ? ofVitest(last) : last;
}

const { passed, failed, skipped } = read();
if (![passed, failed, skipped].every(Number.isInteger) || passed + failed + skipped === 0) {
  throw new Error("the report counts no tests");
}
console.log(passed, failed, skipped);
