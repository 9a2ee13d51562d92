"""What tests of the REST explorer share."""

from tests.net.conftest import servers_here

__all__ = ["servers_here"]
