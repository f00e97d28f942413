"""What statements are about."""
from portavoce.extract.topics.thesaurus import Concept
