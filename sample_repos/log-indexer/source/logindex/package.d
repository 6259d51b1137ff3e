/// Everything that the program needs of the index.
module logindex;

public import logindex.arena, logindex.heap, logindex.index;
public import logindex.source : openLog, Line = LogLine;
