"""What is an error in GraphQL, where a spec says nothing else: `errors` beside a status of 200."""

from ferrule_runtime.conditions import not_, truthy
from ferrule_runtime.errors import Errors
from ferrule_runtime.places import body

# Where the services of the field put a code: in `extensions`, as the specification advises, or not.
ERRORS = Errors(
    ok=not_(truthy(body("errors"))),
    code=(
        body("errors", 0, "extensions", "code"),
        body("errors", 0, "extensions", "type"),
        body("errors", 0, "type"),
        body("errors", 0, "code"),
    ),
    message=(body("errors", 0, "message"),),
    details=body("errors"),
)
