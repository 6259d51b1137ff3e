-- What people ask first. Add your own questions freely: nothing else reads these.

-- Each site with the definition that its name means, where that is listed.
CREATE VIEW links AS
SELECT sites.report, sites.id AS site, definitions.id AS definition, sites.basis
FROM sites
JOIN definitions
  ON definitions.report = sites.report
 AND definitions.path = sites.resolved_path
 AND definitions.line = sites.resolved_line;

-- What becomes of the memory of each site.
CREATE VIEW fates AS
SELECT sites.report, sites.id AS site, ending.fate, ending.line, ending.name, ending.family, ending.statement
FROM lives
JOIN sites
  ON sites.report = lives.report AND sites.path = lives.path
 AND sites.line = lives.line AND sites.column = lives.column
JOIN lives_endings AS ending ON ending.owner = lives.id;

CREATE VIEW by_family AS
SELECT report, family, COUNT(*) AS sites,
       SUM(action = 'allocate') AS allocate, SUM(action = 'reallocate') AS reallocate,
       SUM(action = 'deallocate') AS deallocate, SUM(action = 'transfer') AS transfer
FROM sites GROUP BY report, family ORDER BY sites DESC, family;

CREATE VIEW by_allocator AS
SELECT report, COALESCE(allocator, name) AS allocator, family, action, COUNT(*) AS sites,
       COUNT(DISTINCT path) AS files, SUM(in_test) AS in_tests
FROM sites GROUP BY report, COALESCE(allocator, name), family, action ORDER BY sites DESC, 2;

CREATE VIEW by_type AS
SELECT report, type, COUNT(*) AS sites, SUM(action = 'allocate') AS allocate, SUM(action = 'deallocate') AS deallocate
FROM sites WHERE type IS NOT NULL GROUP BY report, type ORDER BY sites DESC, type;

CREATE VIEW by_function AS
SELECT report, path, function, COUNT(*) AS sites, SUM(loop_depth > 0) AS in_loops,
       SUM(action = 'allocate') AS allocate, SUM(action = 'reallocate') AS reallocate,
       SUM(action = 'deallocate') AS deallocate, SUM(action = 'transfer') AS transfer
FROM sites WHERE function IS NOT NULL GROUP BY report, path, function ORDER BY sites DESC, path, function;

CREATE VIEW by_file AS
SELECT files.report, files.path, files.language, files.lines, files.parse_loss, COUNT(sites.id) AS sites
FROM files LEFT JOIN sites ON sites.report = files.report AND sites.path = files.path
GROUP BY files.id ORDER BY sites DESC, files.path;
