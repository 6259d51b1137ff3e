-- What became of each target. One that failed keeps the report of an earlier run, if there is one.
CREATE TABLE targets (
  target TEXT PRIMARY KEY,
  report INTEGER REFERENCES reports (id),
  key TEXT,
  error TEXT
);

CREATE VIEW by_target AS
SELECT targets.target, reports.location, reports."commit", targets.error,
       (SELECT GROUP_CONCAT(language, ', ') FROM
         (SELECT language FROM files WHERE files.report = targets.report
          GROUP BY language ORDER BY SUM(lines) DESC, language)) AS languages,
       summaries.files, summaries.lines,
       (SELECT COALESCE(SUM(size), 0) FROM files WHERE files.report = targets.report) AS size,
       summaries.sites, summaries.allocate, summaries.reallocate, summaries.deallocate, summaries.transfer,
       summaries.problems, summaries.parse_loss
FROM targets
LEFT JOIN reports ON reports.id = targets.report
LEFT JOIN summaries ON summaries.report = targets.report
ORDER BY targets.target;
