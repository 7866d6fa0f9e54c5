"""A base map of one empty vector tile: small, and a real archive."""

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import write


def write_basemap(path, *, kind=TileType.MVT, packing=Compression.GZIP, metadata=None):
    """Write the archive and return its path."""
    header = {"tile_type": kind, "tile_compression": packing, "min_lon_e7": -940000000, "max_lon_e7": -930000000}
    header |= {"min_lat_e7": 410000000, "max_lat_e7": 420000000}
    with write(str(path)) as archive:
        archive.write_tile(zxy_to_tileid(0, 0, 0), b"a tile that nobody unpacks here")
        archive.finalize(header, {"vector_layers": [{"id": "roads"}]} if metadata is None else metadata)
    return path
