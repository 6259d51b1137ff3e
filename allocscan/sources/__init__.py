"""What a person typed becomes a tree of files."""

from allocscan.places import default_cache as default_cache
from allocscan.places import default_config as default_config
from allocscan.places import default_data as default_data
from allocscan.places import default_store as default_store
from allocscan.sources.listing import CONFIGURATION as CONFIGURATION
from allocscan.sources.listing import NEWEST as NEWEST
from allocscan.sources.listing import is_within as is_within
from allocscan.sources.opening import open_tree as open_tree
from allocscan.sources.parsing import parse_target as parse_target
from allocscan.sources.progress import Progress as Progress
from allocscan.sources.progress import silent as silent
from allocscan.sources.samples import copy_sample as copy_sample
from allocscan.sources.samples import sample_names as sample_names
from allocscan.sources.targets import KnownTarget as KnownTarget
from allocscan.sources.targets import Settings as Settings
from allocscan.sources.targets import Target as Target
from allocscan.sources.targets import known_targets as known_targets
from allocscan.sources.tree import SourceFile as SourceFile
from allocscan.sources.tree import SourceTree as SourceTree
