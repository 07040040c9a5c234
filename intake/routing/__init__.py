"""Who must act: competence rules as data, and the route with its reasons."""

from intake.routing.checking import check_profile
from intake.routing.competence import ProfileCompetence
from intake.routing.profile import Authority, Profile, ProfileError, Rule, authorities
from intake.routing.profile_files import bundled_profiles, load_profile

__all__ = [
    "Authority",
    "Profile",
    "ProfileCompetence",
    "ProfileError",
    "Rule",
    "authorities",
    "bundled_profiles",
    "check_profile",
    "load_profile",
]
